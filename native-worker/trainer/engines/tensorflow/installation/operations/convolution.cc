#include "convolution.h"

#include <vector>

#include "filter-gradient.h"
#include "in-place-multiply.h"
#include "narrow-input-gradient.h"
#include "patches.h"

namespace flawsmith {
namespace {

/** A window that covers the whole image is a matrix product over every value of the image at once. */
ConvolutionShape simplified(ConvolutionShape shape) {
  const bool isWholeImage = shape.outHeight == 1 && shape.outWidth == 1 && shape.padTop == 0 && shape.padLeft == 0 &&
                            shape.inHeight == shape.kernelHeight && shape.inWidth == shape.kernelWidth;
  if (isWholeImage) {
    shape.inChannels *= shape.inHeight * shape.inWidth;
    shape.inHeight = shape.inWidth = shape.kernelHeight = shape.kernelWidth = 1;
    shape.strideHeight = shape.strideWidth = 1;
  }
  return shape;
}

Patches windowsOf(const ConvolutionShape& shape, const float* x) {
  return {x, shape.inHeight, shape.inWidth, shape.inChannels, shape.kernelHeight, shape.kernelWidth, shape.outHeight, shape.outWidth,
          shape.strideHeight, shape.strideWidth, -shape.padTop, -shape.padLeft};
}

/** y = windows · filter */
struct Forward {
  using Layout = RowMajorBlock;
  static constexpr double rowPackingCost = 1, columnPackingCost = 2;
  int rows, columns, depth;
  Patches windows;
  const float* filter;
  float* y;
  Addend addend;

  float* outputRow(int row) const { return y + static_cast<ptrdiff_t>(row) * columns; }
  void listOutputs(int row, int rows, float** outputs) const {
    for (int r = 0; r < rows; r++) outputs[r] = outputRow(row + r);
  }
  const float* addendRow(int row) const {
    return addend.values == nullptr ? nullptr : addend.values + static_cast<ptrdiff_t>(row) * addend.stride;
  }
  void packRows(int row, int rowCount, int k, int depthCount, const Layout& layout, float* block) const {
    windows.packRows(row, rowCount, k, depthCount, layout, block);
  }
  void packPanel(int k, int depthCount, int column, int columnCount, int width, float* panel) const {
    packPanelOfRows(filter + static_cast<ptrdiff_t>(k) * columns + column, columns, depthCount, columnCount, width, panel);
  }
};

/**
 * The pixels of x whose distance from a window's corner leaves the same remainder by the stride meet the same filter taps: for
 * each remainder (y, x) the gradient is an ordinary convolution of dy with stride 1 over those taps, and no zero is multiplied
 * (Shi et al. 2016, "Is the deconvolution layer the same as a convolutional layer?").
 */
struct InputGradientPhase {
  using Layout = RowMajorBlock;
  static constexpr double rowPackingCost = 1, columnPackingCost = 4;
  int rows, columns, depth;
  Patches windows;
  const ConvolutionShape* shape;
  /** First tap and number of taps, by axis. */
  int tapTop, tapLeft, tapsHigh, tapsWide;
  /** First pixel of x, by axis. */
  int firstY, firstX;
  const float* filter;
  float* dx;

  const float* addendRow(int) const { return nullptr; }
  float* outputRow(int row) const {
    const int column = row % windows.gridWidth;
    const int line = row / windows.gridWidth;
    const int image = line / windows.gridHeight;
    const ptrdiff_t y = firstY + line % windows.gridHeight * shape->strideHeight;
    const ptrdiff_t x = firstX + column * shape->strideWidth;
    return dx + ((image * shape->inHeight + y) * shape->inWidth + x) * columns;
  }
  void listOutputs(int row, int rows, float** outputs) const {
    for (int r = 0; r < rows;) {
      // To the end of the line.
      const int count = std::min(rows - r, windows.gridWidth - (row + r) % windows.gridWidth);
      float* to = outputRow(row + r);
      for (const int end = r + count; r < end; r++, to += static_cast<ptrdiff_t>(shape->strideWidth) * columns) outputs[r] = to;
    }
  }
  void packRows(int row, int rowCount, int k, int depthCount, const Layout& layout, float* block) const {
    windows.packRows(row, rowCount, k, depthCount, layout, block);
  }
  void packPanel(int k, int depthCount, int column, int columnCount, int width, float* panel) const {
    const int channels = shape->outChannels;
    for (const int end = k + depthCount; k < end;) {
      const int tap = k / channels;
      const int channel = k % channels;
      const int length = std::min(channels - channel, end - k);
      // The last tap lies on the first pixel of the window of dy.
      const int ky = tapTop + (tapsHigh - 1 - tap / tapsWide) * shape->strideHeight;
      const int kx = tapLeft + (tapsWide - 1 - tap % tapsWide) * shape->strideWidth;
      const ptrdiff_t row = static_cast<ptrdiff_t>(ky * shape->kernelWidth + kx) * columns + column;
      packPanelOfColumns(filter + row * channels + channel, channels, length, columnCount, width, panel);
      panel += static_cast<ptrdiff_t>(length) * width;
      k += length;
    }
  }
};

/** dfilter = windowsᵀ · dy */
struct FilterGradient {
  using Layout = PanelBlock;
  static constexpr double rowPackingCost = 3, columnPackingCost = 2;
  int rows, columns, depth;
  Patches windows;
  const float* dy;
  float* dfilter;

  const float* addendRow(int) const { return nullptr; }
  float* outputRow(int row) const { return dfilter + static_cast<ptrdiff_t>(row) * columns; }
  void packRows(int row, int rowCount, int k, int depthCount, const Layout&, float* block) const {
    thread_local AlignedBuffer lineBuffer;
    float* line = lineBuffer.atLeast(rowBlock + tileRows + 2 * vectorLength);
    const int panels = (rowCount + tileRows - 1) / tileRows;
    for (int i = 0; i < depthCount; i++) {
      windows.copyRow(windows.placeOf(k + i), row, rowCount, line);
      for (int p = 0; p < panels; p++) {
        float* to = block + (static_cast<ptrdiff_t>(p) * depthCount + i) * tileRows;
        // A whole vector: what it writes too much is the place of the next pixel, which comes after it.
        if (i + 1 < depthCount) {
          *reinterpret_cast<Vector*>(to) = *reinterpret_cast<const Vector*>(line + p * tileRows);
        } else {
          for (int r = 0; r < tileRows; r++) to[r] = line[p * tileRows + r];
        }
      }
    }
  }
  void packPanel(int k, int depthCount, int column, int columnCount, int width, float* panel) const {
    packPanelOfRows(dy + static_cast<ptrdiff_t>(k) * columns + column, columns, depthCount, columnCount, width, panel);
  }
};

/** One axis of an input gradient: the pixels and taps with this remainder. */
struct Phase {
  int first, count, tapFirst, taps, windowStart;
};

Phase phaseOf(int first, int inLength, int kernel, int stride, int pad) {
  const int remainder = (first + pad) % stride;
  const int taps = remainder < kernel ? (kernel - remainder + stride - 1) / stride : 0;
  return {first, (inLength - first + stride - 1) / stride, remainder, taps, (first + pad - remainder) / stride - (taps - 1)};
}

void fillZero(const InputGradientPhase& phase) {
  for (int row = 0; row < phase.rows; row++) std::fill_n(phase.outputRow(row), phase.columns, 0.0f);
}

}  // namespace

void convolve(const ConvolutionShape& original, const float* x, const float* filter, float* y, const Addend& addend) {
  const ConvolutionShape shape = simplified(original);
  multiply(Forward{shape.batch * shape.outHeight * shape.outWidth, shape.outChannels,
                   shape.kernelHeight * shape.kernelWidth * shape.inChannels, windowsOf(shape, x), filter, y, addend});
}

void convolveInputGradient(const ConvolutionShape& original, const float* dy, const float* filter, float* dx) {
  const ConvolutionShape shape = simplified(original);
  if (suitsNarrowInputGradient(shape)) {
    narrowInputGradient(shape, dy, filter, dx);
    return;
  }
  for (int y = 0; y < std::min(shape.strideHeight, shape.inHeight); y++) {
    const Phase high = phaseOf(y, shape.inHeight, shape.kernelHeight, shape.strideHeight, shape.padTop);
    for (int x = 0; x < std::min(shape.strideWidth, shape.inWidth); x++) {
      const Phase wide = phaseOf(x, shape.inWidth, shape.kernelWidth, shape.strideWidth, shape.padLeft);
      const Patches windows{dy, shape.outHeight, shape.outWidth, shape.outChannels, high.taps, wide.taps, high.count, wide.count, 1, 1,
                            high.windowStart, wide.windowStart};
      const InputGradientPhase phase{shape.batch * high.count * wide.count, shape.inChannels, high.taps * wide.taps * shape.outChannels,
                                     windows, &shape, high.tapFirst, wide.tapFirst, high.taps, wide.taps, high.first, wide.first, filter, dx};
      if (phase.depth > 0) {
        multiply(phase);
      } else {
        fillZero(phase);
      }
    }
  }
}

void convolveFilterGradient(const ConvolutionShape& original, const float* x, const float* dy, float* dfilter) {
  const ConvolutionShape shape = simplified(original);
  if (suitsFilterGradientByImages(shape)) {
    filterGradientByImages(shape, x, dy, dfilter);
    return;
  }
  multiply(FilterGradient{shape.kernelHeight * shape.kernelWidth * shape.inChannels, shape.outChannels,
                          shape.batch * shape.outHeight * shape.outWidth, windowsOf(shape, x), dy, dfilter});
}

}  // namespace flawsmith
