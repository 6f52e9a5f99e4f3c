#include "filter-gradient.h"

#include <algorithm>
#include <vector>

#include "matrix-multiply.h"
#include "patches.h"

namespace flawsmith {
namespace {

/** Shorter lines of a window are gathered into one: a tile would end at each of them. */
constexpr int shortLine = 4 * tileRows;
/** With more, packing what is multiplied pays. */
constexpr int mostColumns = 64;
/** Pixels whose gradients stay in the first cache while all rows of the filter pass. */
constexpr int pixelBlock = 256;
/** Floats of all parts together: they stay in the second cache. */
constexpr int partFloats = 163840, mostParts = 16;

int rowsOf(const ConvolutionShape& shape) { return shape.kernelHeight * shape.kernelWidth * shape.inChannels; }

int partsOf(const ConvolutionShape& shape) {
  const int fitting = partFloats / (rowsOf(shape) * shape.outChannels);
  return std::clamp(fitting, 1, std::min(mostParts, shape.batch));
}

bool hasShortLines(const ConvolutionShape& shape) { return shape.kernelWidth * shape.inChannels < shortLine; }

/** Pixels of an image, line by line, and where the values that each of them sees begin. */
struct Pixels {
  const float* first;
  int perLine;
  ptrdiff_t pitch, linePitch;
};

/** to += values of each pixel's window · its gradients, summed over some lines of pixels; of the tile's rows those after `skipped`. */
template <int vectors>
inline void addPixels(const Pixels& pixels, int lines, const float* gradients, ptrdiff_t stride, float* to, ptrdiff_t toStride, int skipped,
                      int rows) {
  Vector sum[tileRows][vectors] = {};
  for (int line = 0; line < lines; line++) {
    const float* a = pixels.first + line * pixels.linePitch;
    for (int pixel = 0; pixel < pixels.perLine; pixel++, a += pixels.pitch, gradients += stride) {
      Vector right[vectors];
#pragma GCC unroll 2
      for (int v = 0; v < vectors; v++) right[v] = *reinterpret_cast<const Vector*>(gradients + v * vectorLength);
#pragma GCC unroll 12
      for (int row = 0; row < tileRows; row++) {
        const float left = a[row];
#pragma GCC unroll 2
        for (int v = 0; v < vectors; v++) sum[row][v] += left * right[v];
      }
    }
  }
  // Once to memory: registers cannot be counted through.
  alignas(64) Vector done[tileRows][vectors];
#pragma GCC unroll 12
  for (int row = 0; row < tileRows; row++) {
#pragma GCC unroll 2
    for (int v = 0; v < vectors; v++) done[row][v] = sum[row][v];
  }
  for (int row = skipped; row < skipped + rows; row++, to += toStride)
    for (int v = 0; v < vectors; v++) *reinterpret_cast<Vector*>(to + v * vectorLength) += done[row][v];
}

/** x with its zeros around it, so that every window lies inside. */
const float* padded(const ConvolutionShape& shape, const float* image, int& height, int& width) {
  height = std::max(shape.inHeight + shape.padTop, (shape.outHeight - 1) * shape.strideHeight + shape.kernelHeight);
  width = std::max(shape.inWidth + shape.padLeft, (shape.outWidth - 1) * shape.strideWidth + shape.kernelWidth);
  if (height == shape.inHeight && width == shape.inWidth) return image;
  thread_local AlignedBuffer buffer;
  const ptrdiff_t line = static_cast<ptrdiff_t>(width) * shape.inChannels, from = static_cast<ptrdiff_t>(shape.inWidth) * shape.inChannels;
  float* to = buffer.atLeast(static_cast<size_t>(height) * line + vectorLength);
  std::fill_n(to, height * line, 0.0f);
  for (int y = 0; y < shape.inHeight; y++)
    std::copy_n(image + y * from, from, to + (y + shape.padTop) * line + static_cast<ptrdiff_t>(shape.padLeft) * shape.inChannels);
  return to;
}

/** The windows of some pixels one after the other. */
const float* gather(const ConvolutionShape& shape, const float* corner, int width, int lines) {
  thread_local AlignedBuffer buffer;
  const int run = shape.kernelWidth * shape.inChannels;
  const ptrdiff_t imageLine = static_cast<ptrdiff_t>(width) * shape.inChannels;
  float* const all = buffer.atLeast(static_cast<size_t>(lines) * shape.outWidth * rowsOf(shape) + 2 * vectorLength);
  float* to = all;
  for (int y = 0; y < lines; y++) {
    for (int x = 0; x < shape.outWidth; x++) {
      const float* from = corner + y * shape.strideHeight * imageLine + static_cast<ptrdiff_t>(x) * shape.strideWidth * shape.inChannels;
      for (int ky = 0; ky < shape.kernelHeight; ky++, from += imageLine, to += run)
        for (int i = 0; i < run; i += 4) {
          // Four at a time; what is too much is overwritten by the next line.
          if (i + 4 <= run) {
            _mm_storeu_ps(to + i, _mm_loadu_ps(from + i));
          } else {
            for (int rest = i; rest < run; rest++) to[rest] = from[rest];
          }
        }
    }
  }
  return all;
}

/** Gradients of pixels so that whole vectors can be read of each. */
const float* wholeVectors(const float* dy, int pixels, int columns, int& stride) {
  stride = columns;
  if (columns % vectorLength == 0) return dy;
  thread_local AlignedBuffer buffer;
  stride = (columns + vectorLength - 1) / vectorLength * vectorLength;
  float* to = buffer.atLeast(static_cast<size_t>(pixels) * stride);
  for (int pixel = 0; pixel < pixels; pixel++) {
    std::copy_n(dy + static_cast<ptrdiff_t>(pixel) * columns, columns, to + static_cast<ptrdiff_t>(pixel) * stride);
    std::fill_n(to + static_cast<ptrdiff_t>(pixel) * stride + columns, stride - columns, 0.0f);
  }
  return to;
}

/** part [rows, stride] += what one image adds. */
void addImage(const ConvolutionShape& shape, const float* image, const float* dy, float* part, int partStride) {
  int height, width;
  const float* const inside = padded(shape, image, height, width);
  const bool isGathered = hasShortLines(shape);
  const int rows = rowsOf(shape), columns = shape.outChannels;
  const int line = isGathered ? rows : shape.kernelWidth * shape.inChannels;
  const ptrdiff_t imageLine = static_cast<ptrdiff_t>(width) * shape.inChannels;
  const int blockLines = std::max(1, pixelBlock / shape.outWidth);
  for (int y = 0; y < shape.outHeight; y += blockLines) {
    const int lines = std::min(blockLines, shape.outHeight - y);
    const float* corner = inside + y * shape.strideHeight * imageLine;
    int stride;
    const float* gradients = wholeVectors(dy + static_cast<ptrdiff_t>(y) * shape.outWidth * columns, lines * shape.outWidth, columns, stride);
    Pixels pixels{corner, shape.outWidth, static_cast<ptrdiff_t>(shape.strideWidth) * shape.inChannels, shape.strideHeight * imageLine};
    if (isGathered) pixels = {gather(shape, corner, width, lines), shape.outWidth, rows, static_cast<ptrdiff_t>(shape.outWidth) * rows};
    const float* const start = pixels.first;
    for (int column = 0; column < stride; column += tileColumns) {
      for (int row = 0; row < rows;) {
        // A tile ends where its line does, and begins earlier rather than read beyond it.
        const int lineEnd = (row / line + 1) * line;
        const int first = std::min(row, lineEnd - tileRows);
        const int count = std::min(first + tileRows, lineEnd) - row;
        pixels.first = start + first / line * imageLine + first % line;
        float* to = part + static_cast<ptrdiff_t>(row) * partStride + column;
        if (stride - column <= vectorLength) {
          addPixels<1>(pixels, lines, gradients + column, stride, to, partStride, row - first, count);
        } else {
          addPixels<2>(pixels, lines, gradients + column, stride, to, partStride, row - first, count);
        }
        row += count;
      }
    }
  }
}

}  // namespace

bool suitsFilterGradientByImages(const ConvolutionShape& shape) {
  const int rows = rowsOf(shape), pixels = shape.outHeight * shape.outWidth;
  return shape.outChannels <= mostColumns && rows >= tileRows && shape.batch > 1 && pixels >= 64 && shape.outWidth <= pixelBlock &&
         rows * shape.outChannels <= partFloats / 2;
}

void filterGradientByImages(const ConvolutionShape& shape, const float* x, const float* dy, float* dfilter) {
  const int rows = rowsOf(shape), columns = shape.outChannels, parts = partsOf(shape);
  const int stride = (columns + vectorLength - 1) / vectorLength * vectorLength;
  const ptrdiff_t partLength = static_cast<ptrdiff_t>(rows) * stride;
  const ptrdiff_t imageLength = static_cast<ptrdiff_t>(shape.inHeight) * shape.inWidth * shape.inChannels;
  const ptrdiff_t gradientLength = static_cast<ptrdiff_t>(shape.outHeight) * shape.outWidth * columns;
  thread_local AlignedBuffer buffer;
  float* const all = buffer.atLeast(static_cast<size_t>(parts) * partLength);
  runTasks(parts, [&](int index) {
    float* part = all + index * partLength;
    std::fill_n(part, partLength, 0.0f);
    const int end = static_cast<int>(static_cast<int64_t>(shape.batch) * (index + 1) / parts);
    for (int image = static_cast<int>(static_cast<int64_t>(shape.batch) * index / parts); image < end; image++)
      addImage(shape, x + image * imageLength, dy + image * gradientLength, part, stride);
  });
  for (int row = 0; row < rows; row++) {
    float* __restrict__ to = dfilter + static_cast<ptrdiff_t>(row) * columns;
    const float* from = all + static_cast<ptrdiff_t>(row) * stride;
    for (int column = 0; column < columns; column++) to[column] = from[column];
    for (int part = 1; part < parts; part++)
      for (int column = 0; column < columns; column++) to[column] += from[part * partLength + column];
  }
}

}  // namespace flawsmith
