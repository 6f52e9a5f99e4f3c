#include "narrow-input-gradient.h"

#include <algorithm>

#include "matrix-multiply.h"
#include "patches.h"

namespace flawsmith {
namespace {

constexpr int mostWindowValues = 64, mostChannels = 4, mostDepth = 512;

int windowValues(const ConvolutionShape& shape) { return shape.kernelHeight * shape.kernelWidth * shape.inChannels; }

/** Pixels one after the other. */
struct PixelRows {
  float at(const float* tile, int row, int depth) const { return tile[row * stride + depth]; }
  ptrdiff_t stride;
};

inline void add(const float* from, int length, float* to) {
  int i = 0;
  for (; i + 4 <= length; i += 4) _mm_storeu_ps(to + i, _mm_add_ps(_mm_loadu_ps(to + i), _mm_loadu_ps(from + i)));
  for (; i < length; i++) to[i] += from[i];
}

/** The part of a window that lies inside the image. */
void addWindow(const ConvolutionShape& shape, const float* window, int pixel, float* image) {
  const int channels = shape.inChannels;
  const int x = pixel % shape.outWidth * shape.strideWidth - shape.padLeft, y = pixel / shape.outWidth * shape.strideHeight - shape.padTop;
  const int first = std::clamp(-x, 0, shape.kernelWidth), last = std::clamp(shape.inWidth - x, 0, shape.kernelWidth);
  if (first >= last) return;
  for (int ky = std::max(0, -y); ky < std::min(shape.kernelHeight, shape.inHeight - y); ky++)
    add(window + (ky * shape.kernelWidth + first) * channels, (last - first) * channels,
        image + (static_cast<ptrdiff_t>(y + ky) * shape.inWidth + x + first) * channels);
}

}  // namespace

bool suitsNarrowInputGradient(const ConvolutionShape& shape) {
  return shape.inChannels <= mostChannels && windowValues(shape) <= mostWindowValues && shape.outChannels <= mostDepth && shape.batch > 1;
}

void narrowInputGradient(const ConvolutionShape& shape, const float* dy, const float* filter, float* dx) {
  const int values = windowValues(shape), depth = shape.outChannels, pixels = shape.outHeight * shape.outWidth;
  const ptrdiff_t imageLength = static_cast<ptrdiff_t>(shape.inHeight) * shape.inWidth * shape.inChannels;
  constexpr int most = (mostWindowValues + tileColumns - 1) / tileColumns * tileColumns;
  alignas(64) float panels[mostDepth * most];
  for (int column = 0; column < values; column += tileColumns)
    packPanelOfColumns(filter + static_cast<ptrdiff_t>(column) * depth, depth, depth, std::min(tileColumns, values - column), tileColumns,
                       panels + static_cast<ptrdiff_t>(column) * depth);
  runTasks(shape.batch, [&, panels = static_cast<const float*>(panels)](int image) {
    const float* gradients = dy + static_cast<ptrdiff_t>(image) * pixels * depth;
    float* to = dx + image * imageLength;
    std::fill_n(to, imageLength, 0.0f);
    alignas(64) float tile[tileRows * tileColumns], windows[tileRows * most];
    for (int pixel = 0; pixel < pixels; pixel += tileRows) {
      // The last tile begins earlier rather than read beyond the image; with fewer pixels than a tile, rows are the first again.
      const int first = std::max(0, std::min(pixel, pixels - tileRows));
      const PixelRows layout{pixels < tileRows ? 0 : depth};
      const int rows = pixels < tileRows ? 1 : tileRows;
      const float* from = gradients + static_cast<ptrdiff_t>(pixels < tileRows ? pixel : first) * depth;
      for (int column = 0; column < values; column += tileColumns) {
        multiplyTile<2>(layout, from, panels + static_cast<ptrdiff_t>(column) * depth, depth, tile);
        for (int row = 0; row < rows; row++) std::copy_n(tile + row * tileColumns, tileColumns, windows + row * most + column);
      }
      if (pixels < tileRows) {
        addWindow(shape, windows, pixel, to);
        pixel -= tileRows - 1;
        continue;
      }
      for (int row = pixel - first; row < tileRows; row++) addWindow(shape, windows + row * most, first + row, to);
    }
  });
}

}  // namespace flawsmith
