#pragma once

#include <immintrin.h>

#include <algorithm>
#include <cstddef>

#include "matrix-multiply.h"

namespace flawsmith {

/**
 * The windows of an NHWC image as the rows of a matrix [batch · gridHeight · gridWidth, kernelHeight · kernelWidth · channels],
 * read where they lie: nothing larger than a cache block is ever written out.
 */
struct Patches {
  const float* image;
  int height, width, channels;
  int kernelHeight, kernelWidth;
  int gridHeight, gridWidth;
  int strideHeight, strideWidth;
  /** Place of the first window; negative inside the zero padding. */
  int top, left;

  struct Place {
    const float* image;
    int y, x;
  };

  Place placeOf(int row) const {
    const int column = row % gridWidth;
    const int line = row / gridWidth;
    return {image + static_cast<ptrdiff_t>(line / gridHeight) * height * width * channels, line % gridHeight * strideHeight + top,
            column * strideWidth + left};
  }

  /** Values [k, k + depth) of one window; to must have room for a vector more. */
  void copyRow(const Place& place, int k, int depth, float* to) const {
    const int lineLength = kernelWidth * channels;
    // Values of a kernel line that lie inside the image: [first, last).
    const int first = std::clamp(-place.x, 0, kernelWidth) * channels;
    const int last = std::clamp(width - place.x, 0, kernelWidth) * channels;
    const int end = k + depth;
    for (int ky = k / lineLength; k < end; ky++) {
      const int lineStart = ky * lineLength;
      const int stop = std::min(end, lineStart + lineLength);
      const int y = place.y + ky;
      const bool inside = y >= 0 && y < height && first < last;
      const int from = inside ? std::clamp(lineStart + first, k, stop) : stop;
      const int until = inside ? std::clamp(lineStart + last, from, stop) : stop;
      to = fillZero(to, from - k);
      if (until > from) {
        const ptrdiff_t pixel = static_cast<ptrdiff_t>(y) * width + place.x;
        to = copy(to, place.image + pixel * channels + (from - lineStart), until - from);
      }
      to = fillZero(to, stop - until);
      k = stop;
    }
  }

  /** A whole window times as many weights, read where it lies. */
  float dot(const Place& place, const float* weights) const {
    const int lineLength = kernelWidth * channels;
    const int first = std::clamp(-place.x, 0, kernelWidth) * channels;
    const int last = std::clamp(width - place.x, 0, kernelWidth) * channels;
    Vector sums = {};
    float rest = 0;
    for (int ky = std::max(0, -place.y); ky < std::min(kernelHeight, height - place.y); ky++) {
      const float* line = place.image + (static_cast<ptrdiff_t>(place.y + ky) * width + place.x) * channels;
      const float* by = weights + ky * lineLength;
      int i = first;
      for (; i + vectorLength <= last; i += vectorLength)
        sums += *reinterpret_cast<const Vector*>(line + i) * *reinterpret_cast<const Vector*>(by + i);
      for (; i < last; i++) rest += line[i] * by[i];
    }
    for (int v = 0; v < vectorLength; v++) rest += sums[v];
    return rest;
  }

  int lineLength() const { return kernelWidth * channels; }

  bool hasShortLines() const { return lineLength() <= longestLine && kernelHeight <= mostLines; }

  /** No window leaves its image, and a line is as long as a tile is high. */
  bool liesInside() const {
    return top >= 0 && left >= 0 && top + (gridHeight - 1) * strideHeight + kernelHeight <= height &&
           left + (gridWidth - 1) * strideWidth + kernelWidth <= width && lineLength() >= tileRows;
  }

  /**
   * Where each line of the windows begins: table[tile][line][tileRows]. Lines outside the image are zeros, those that leave it in part are
   * written to `copies`.
   */
  void listLines(int row, int rows, const float** table, float* copies) const {
    static const float zeros[longestLine] = {};
    const int lineLength = this->lineLength();
    const ptrdiff_t imageLine = static_cast<ptrdiff_t>(width) * channels;
    // Counted on from window to window: divisions would cost as much as the product.
    int column = row % gridWidth, y = row / gridWidth % gridHeight * strideHeight + top;
    const float* at = image + row / gridWidth / gridHeight * height * imageLine;
    const int lastTop = (gridHeight - 1) * strideHeight + top;
    for (int r = 0; r < rows; r++) {
      const float** entry = table + (r / tileRows * kernelHeight) * tileRows + r % tileRows;
      const int x = column * strideWidth + left;
      const float* from = at + y * imageLine + static_cast<ptrdiff_t>(x) * channels;
      if (x >= 0 && y >= 0 && x + kernelWidth <= width && y + kernelHeight <= height) {
        for (int line = 0; line < kernelHeight; line++, entry += tileRows, from += imageLine) *entry = from;
      } else {
        const int first = std::clamp(-x, 0, kernelWidth) * channels;
        const int last = std::clamp(width - x, 0, kernelWidth) * channels;
        for (int line = 0; line < kernelHeight; line++, entry += tileRows, from += imageLine) {
          *entry = zeros;
          if (y + line < 0 || y + line >= height || first >= last) continue;
          *entry = from;
          if (last - first == lineLength) continue;
          *entry = copies;
          copies = fillZero(copies, first);
          copies = copy(copies, from + first, last - first);
          copies = fillZero(copies, lineLength - last);
        }
      }
      if (++column < gridWidth) continue;
      column = 0;
      y += strideHeight;
      if (y <= lastTop) continue;
      y = top;
      at += height * imageLine;
    }
    // The last tile's spare rows are the last window again.
    for (int r = rows; r % tileRows != 0; r++) {
      const float** entry = table + (r / tileRows * kernelHeight) * tileRows + r % tileRows;
      for (int line = 0; line < kernelHeight; line++, entry += tileRows) *entry = entry[-1];
    }
  }

  void packRows(int row, int rows, int k, int depth, const RowMajorBlock& layout, float* block) const {
    for (int r = 0; r < rows; r++) copyRow(placeOf(row + r), k, depth, block + r * layout.rowStride);
  }

 private:
  static constexpr int longestLine = 1024, mostLines = 8;

  static float* fillZero(float* to, int length) {
    for (int i = 0; i < length; i++) to[i] = 0;
    return to + std::max(0, length);
  }

  static float* copy(float* to, const float* from, int length) {
    int i = 0;
    for (; i + vectorLength <= length; i += vectorLength)
      *reinterpret_cast<Vector*>(to + i) = *reinterpret_cast<const Vector*>(from + i);
    for (; i < length; i++) to[i] = from[i];
    return to + length;
  }
};

/** Rows k … of a row-major matrix as a panel [depth][width], missing columns zero. */
inline void packPanelOfRows(const float* matrix, ptrdiff_t stride, int depth, int columns, int width, float* panel) {
  if (columns == tileColumns) {
    for (int k = 0; k < depth; k++, matrix += stride, panel += tileColumns) {
      const Vector* from = reinterpret_cast<const Vector*>(matrix);
      reinterpret_cast<Vector*>(panel)[0] = from[0];
      reinterpret_cast<Vector*>(panel)[1] = from[1];
    }
    return;
  }
  for (int k = 0; k < depth; k++, matrix += stride, panel += width) {
    for (int n = 0; n < columns; n++) panel[n] = matrix[n];
    for (int n = columns; n < width; n++) panel[n] = 0;
  }
}

/** Eight rows of eight values become eight columns. */
inline void transposeSquare(const float* from, ptrdiff_t fromStride, float* to, ptrdiff_t toStride) {
  __m256 row[8], pair[8], quad[8];
  for (int i = 0; i < 8; i++) row[i] = _mm256_loadu_ps(from + i * fromStride);
  for (int i = 0; i < 4; i++) {
    pair[2 * i] = _mm256_unpacklo_ps(row[2 * i], row[2 * i + 1]);
    pair[2 * i + 1] = _mm256_unpackhi_ps(row[2 * i], row[2 * i + 1]);
  }
  for (int i = 0; i < 2; i++) {
    quad[4 * i] = _mm256_shuffle_ps(pair[4 * i], pair[4 * i + 2], 0x44);
    quad[4 * i + 1] = _mm256_shuffle_ps(pair[4 * i], pair[4 * i + 2], 0xee);
    quad[4 * i + 2] = _mm256_shuffle_ps(pair[4 * i + 1], pair[4 * i + 3], 0x44);
    quad[4 * i + 3] = _mm256_shuffle_ps(pair[4 * i + 1], pair[4 * i + 3], 0xee);
  }
  for (int i = 0; i < 4; i++) {
    _mm256_storeu_ps(to + i * toStride, _mm256_permute2f128_ps(quad[i], quad[4 + i], 0x20));
    _mm256_storeu_ps(to + (4 + i) * toStride, _mm256_permute2f128_ps(quad[i], quad[4 + i], 0x31));
  }
}

/** Columns of the transposed matrix: row n of `matrix` becomes column n of the panel, missing columns zero. */
inline void packPanelOfColumns(const float* matrix, ptrdiff_t stride, int depth, int columns, int width, float* panel) {
  const int squareColumns = columns / 8 * 8;
  const int squareDepth = depth / 8 * 8;
  for (int k = 0; k < squareDepth; k += 8)
    for (int n = 0; n < squareColumns; n += 8)
      transposeSquare(matrix + n * stride + k, stride, panel + static_cast<ptrdiff_t>(k) * width + n, width);
  for (int k = 0; k < depth; k++) {
    float* line = panel + static_cast<ptrdiff_t>(k) * width;
    for (int n = k < squareDepth ? squareColumns : 0; n < columns; n++) line[n] = matrix[n * stride + k];
    for (int n = columns; n < width; n++) line[n] = 0;
  }
}

}  // namespace flawsmith
