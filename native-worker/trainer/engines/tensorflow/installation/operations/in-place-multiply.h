#pragma once

#include <vector>

#include "matrix-multiply.h"
#include "patches.h"

/**
 * Products of few columns: there packing A into blocks costs as much as multiplying it, and its windows are read where they lie in the
 * image instead.
 */
namespace flawsmith {

/** tile of C = lines of windows · panel of B; `table` lists where the lines begin, tileRows of them for each. */
template <int vectors>
inline void multiplyLines(const float* const* table, int lines, int length, const float* b, float* c) {
  Vector sum[tileRows][vectors] = {};
  for (int line = 0; line < lines; line++, table += tileRows) {
    const float* a[tileRows];
    for (int row = 0; row < tileRows; row++) a[row] = table[row];
    for (int k = 0; k < length; k++) {
      Vector right[vectors];
#pragma GCC unroll 2
      for (int v = 0; v < vectors; v++) right[v] = *reinterpret_cast<const Vector*>(b + v * vectorLength);
#pragma GCC unroll 12
      for (int row = 0; row < tileRows; row++) {
        const float left = a[row][k];
#pragma GCC unroll 2
        for (int v = 0; v < vectors; v++) sum[row][v] += left * right[v];
      }
      b += vectors * vectorLength;
    }
  }
#pragma GCC unroll 12
  for (int row = 0; row < tileRows; row++) {
#pragma GCC unroll 2
    for (int v = 0; v < vectors; v++) *reinterpret_cast<Vector*>(c + (row * vectors + v) * vectorLength) = sum[row][v];
  }
}

template <class Problem>
void multiplyWindows(const Problem& problem, int rowBegin, int rowEnd, int columnBegin, int columnEnd) {
  const Patches& windows = problem.windows;
  const int depth = problem.depth, lines = windows.kernelHeight;
  thread_local AlignedBuffer panelsBuffer, copiesBuffer;
  thread_local std::vector<const float*> table;
  float* panels = panelsBuffer.atLeast(static_cast<size_t>(inPlaceDepth) * (inPlaceColumns + tileColumns));
  float* copies = copiesBuffer.atLeast(static_cast<size_t>(rowBlock) * inPlaceDepth);
  table.resize(static_cast<size_t>(rowBlock) * lines);
  alignas(64) float tile[tileRows * tileColumns];
  float* outputs[rowBlock];
  const auto widthOf = [](int used) { return used <= vectorLength ? vectorLength : tileColumns; };
  for (int column = columnBegin; column < columnEnd; column += tileColumns) {
    const int used = std::min(tileColumns, columnEnd - column);
    problem.packPanel(0, depth, column, used, widthOf(used), panels + static_cast<ptrdiff_t>(column - columnBegin) * depth);
  }
  for (int rowStart = rowBegin; rowStart < rowEnd; rowStart += rowBlock) {
    const int rows = std::min(rowBlock, rowEnd - rowStart);
    windows.listLines(rowStart, rows, table.data(), copies);
    problem.listOutputs(rowStart, rows, outputs);
    for (int column = columnBegin; column < columnEnd; column += tileColumns) {
      const int used = std::min(tileColumns, columnEnd - column);
      const int width = widthOf(used);
      const float* panel = panels + static_cast<ptrdiff_t>(column - columnBegin) * depth;
      for (int m = 0; m < rows; m += tileRows) {
        const float* const* begins = table.data() + static_cast<ptrdiff_t>(m) * lines;
        if (width == vectorLength) {
          multiplyLines<1>(begins, lines, windows.lineLength(), panel, tile);
        } else {
          multiplyLines<2>(begins, lines, windows.lineLength(), panel, tile);
        }
        for (int r = 0; r < std::min(tileRows, rows - m); r++) {
          const float* onto = problem.addendRow(rowStart + m + r);
          storeRow(tile + r * width, onto == nullptr ? nullptr : onto + column, used, outputs[m + r] + column);
        }
      }
    }
  }
}

/** tile of C = tileRows values from `first` of each pixel's window on, over pixels [k, k + depth), · panel of B. */
template <int vectors>
inline void multiplyTileOfPixels(const Patches& windows, int first, int k, int depth, const float* b, float* c) {
  const int pitch = windows.strideWidth * windows.channels;
  const ptrdiff_t start = static_cast<ptrdiff_t>(first / windows.lineLength()) * windows.width * windows.channels + first % windows.lineLength();
  Vector sum[tileRows][vectors] = {};
  while (depth > 0) {
    const int run = std::min(depth, windows.gridWidth - k % windows.gridWidth);
    const auto place = windows.placeOf(k);
    const float* a = place.image + (static_cast<ptrdiff_t>(place.y) * windows.width + place.x) * windows.channels + start;
    for (int i = 0; i < run; i++, a += pitch) {
      Vector right[vectors];
#pragma GCC unroll 2
      for (int v = 0; v < vectors; v++) right[v] = *reinterpret_cast<const Vector*>(b + v * vectorLength);
#pragma GCC unroll 12
      for (int row = 0; row < tileRows; row++) {
        const float left = a[row];
#pragma GCC unroll 2
        for (int v = 0; v < vectors; v++) sum[row][v] += left * right[v];
      }
      b += vectors * vectorLength;
    }
    k += run;
    depth -= run;
  }
#pragma GCC unroll 12
  for (int row = 0; row < tileRows; row++) {
#pragma GCC unroll 2
    for (int v = 0; v < vectors; v++) *reinterpret_cast<Vector*>(c + (row * vectors + v) * vectorLength) = sum[row][v];
  }
}

template <class Problem>
void multiplyPixels(const Problem& problem, int rowBegin, int rowEnd, int columnBegin, int columnEnd) {
  const int line = problem.windows.lineLength();
  thread_local AlignedBuffer panelBuffer;
  float* panel = panelBuffer.atLeast(static_cast<size_t>(depthBlock) * tileColumns);
  alignas(64) float tile[tileRows * tileColumns];
  for (int column = columnBegin; column < columnEnd; column += tileColumns) {
    const int used = std::min(tileColumns, columnEnd - column);
    const int width = used <= vectorLength ? vectorLength : tileColumns;
    for (int k = 0; k < problem.depth; k += depthBlock) {
      const int depth = std::min(depthBlock, problem.depth - k);
      problem.packPanel(k, depth, column, used, width, panel);
      for (int row = rowBegin; row < rowEnd;) {
        // A tile ends where its line of taps does, and begins earlier rather than read beyond it.
        const int lineEnd = (row / line + 1) * line;
        const int first = std::min(row, lineEnd - tileRows);
        const int rows = std::min({first + tileRows, lineEnd, rowEnd}) - row;
        if (width == vectorLength) {
          multiplyTileOfPixels<1>(problem.windows, first, k, depth, panel, tile);
        } else {
          multiplyTileOfPixels<2>(problem.windows, first, k, depth, panel, tile);
        }
        storeTile(problem, tile + (row - first) * width, width, row, rows, column, used, k > 0);
        row += rows;
      }
    }
  }
}

}  // namespace flawsmith
