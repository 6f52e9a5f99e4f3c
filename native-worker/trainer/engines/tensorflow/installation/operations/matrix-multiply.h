#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <type_traits>

#include "aligned-buffer.h"
#include "thread-team.h"

/**
 * Blocked matrix product after Goto & van de Geijn, "Anatomy of high-performance matrix multiplication" (ACM TOMS 34, 2008): a
 * panel of B stays in the first cache, a block of A in the second, and a tile of C in registers.
 */
namespace flawsmith {

#ifdef __AVX512F__
constexpr int vectorLength = 16;
constexpr int tileRows = 12;
#else
constexpr int vectorLength = 8;
constexpr int tileRows = 6;
#endif
/** A register tile of C is tileRows × tileColumns: with its operands it fills the 16 (32 with AVX-512) vector registers. */
constexpr int tileColumns = 2 * vectorLength;

/** depthBlock × tileColumns floats of B are half of a 32 KB first cache; rowBlock × depthBlock of A a fifth of a 512 KB second one. */
constexpr int depthBlock = 256;
constexpr int rowBlock = 16 * tileRows;
constexpr int columnBlock = 512;

typedef float Vector __attribute__((vector_size(4 * vectorLength), aligned(4), may_alias));

/** Where the block of A lies: element (row, depth) at data[row * rowStride + depth * depthStride], or in panels of tileRows rows. */
struct RowMajorBlock {
  static constexpr int length(int rows, int depth) { return (rows + tileRows) * (depth + vectorLength); }
  /** One vector more than the depth: rows of a power of two would share the same few cache sets. */
  explicit RowMajorBlock(int depth) : rowStride((depth + vectorLength - 1) / vectorLength * vectorLength + vectorLength) {}
  const float* tile(const float* block, int row, int) const { return block + static_cast<ptrdiff_t>(row) * rowStride; }
  float at(const float* tile, int row, int depth) const { return tile[row * rowStride + depth]; }
  ptrdiff_t rowStride;
};

struct PanelBlock {
  static constexpr int length(int rows, int depth) { return (rows + tileRows) * depth; }
  explicit PanelBlock(int) {}
  const float* tile(const float* block, int row, int depth) const { return block + static_cast<ptrdiff_t>(row) * depth; }
  float at(const float* tile, int row, int depth) const { return tile[depth * tileRows + row]; }
};

/** tile of C (+)= tile of A · panel of B; vectors 1 or 2 wide. */
template <int vectors, class Layout>
inline void multiplyTile(const Layout layout, const float* a, const float* b, int depth, float* c) {
  Vector sum[tileRows][vectors] = {};
  for (int k = 0; k < depth; k++) {
    Vector right[vectors];
#pragma GCC unroll 2
    for (int v = 0; v < vectors; v++) right[v] = *reinterpret_cast<const Vector*>(b + v * vectorLength);
#pragma GCC unroll 12
    for (int row = 0; row < tileRows; row++) {
      const float left = layout.at(a, row, k);
#pragma GCC unroll 2
      for (int v = 0; v < vectors; v++) sum[row][v] += left * right[v];
    }
    b += vectors * vectorLength;
  }
#pragma GCC unroll 12
  for (int row = 0; row < tileRows; row++) {
#pragma GCC unroll 2
    for (int v = 0; v < vectors; v++) *reinterpret_cast<Vector*>(c + (row * vectors + v) * vectorLength) = sum[row][v];
  }
}

/** A tile's row into its place, added to what is in `onto` unless that is null. */
inline void storeRow(const float* from, const float* onto, int columns, float* to) {
  if (columns == tileColumns) {
    for (int v = 0; v < 2; v++) {
      const Vector value = *reinterpret_cast<const Vector*>(from + v * vectorLength);
      Vector* place = reinterpret_cast<Vector*>(to + v * vectorLength);
      *place = onto == nullptr ? value : *reinterpret_cast<const Vector*>(onto + v * vectorLength) + value;
    }
  } else {
    for (int n = 0; n < columns; n++) to[n] = onto == nullptr ? from[n] : onto[n] + from[n];
  }
}

/** Adds a finished tile to its rows of C, or sets them to what it is added to. */
template <class Problem>
inline void storeTile(const Problem& problem, const float* tile, int width, int row, int rows, int column, int columns, bool add) {
  for (int r = 0; r < rows; r++) {
    float* to = problem.outputRow(row + r) + column;
    const float* whole = problem.addendRow(row + r);
    storeRow(tile + r * width, add ? to : whole == nullptr ? nullptr : whole + column, columns, to);
  }
}

/** With so few columns vectors run along the depth: a tile's would be mostly empty. */
constexpr int narrowColumns = 2;

/** Rows of a C of few columns, over the whole depth at once; for Problems whose rows are windows of an image. */
template <class Problem>
void multiplyNarrowRows(const Problem& problem, int rowBegin, int rowEnd) {
  thread_local AlignedBuffer columnsBuffer;
  float* columns = columnsBuffer.atLeast(static_cast<size_t>(problem.depth) * narrowColumns);
  for (int n = 0; n < problem.columns; n++) problem.packPanel(0, problem.depth, n, 1, 1, columns + static_cast<ptrdiff_t>(n) * problem.depth);
  for (int row = rowBegin; row < rowEnd; row++) {
    float* to = problem.outputRow(row);
    const auto place = problem.windows.placeOf(row);
    const float* onto = problem.addendRow(row);
    for (int n = 0; n < problem.columns; n++)
      to[n] = problem.windows.dot(place, columns + static_cast<ptrdiff_t>(n) * problem.depth) + (onto == nullptr ? 0 : onto[n]);
  }
}

/** With more of either, packing A costs little beside the product, and B no longer stays in the second cache. */
constexpr int inPlaceDepth = 1024, inPlaceColumns = 128;

/** A rectangle of C whose rows are windows, each line of which is read where it lies. */
template <class Problem>
void multiplyWindows(const Problem& problem, int rowBegin, int rowEnd, int columnBegin, int columnEnd);

/** A rectangle of C whose rows are values of a window and whose depth is pixels, read where they lie. */
template <class Problem>
void multiplyPixels(const Problem& problem, int rowBegin, int rowEnd, int columnBegin, int columnEnd);

/**
 * One rectangle of C over the whole depth. A Problem has rows, columns, depth; Layout; outputRow(row) → its C row; addendRow(row) → what
 * that is added to, or null; packRows(row,
 * rows, k, depth, block) and packPanel(k, depth, column, columns, width, panel) that write A and B as the tile wants them.
 */
template <class Problem>
void multiplyRectangle(const Problem& problem, int rowBegin, int rowEnd, int columnBegin, int columnEnd) {
  using Layout = typename Problem::Layout;
  if constexpr (std::is_same_v<Layout, RowMajorBlock>) {
    if (problem.columns <= narrowColumns) {
      multiplyNarrowRows(problem, rowBegin, rowEnd);
      return;
    }
    if (problem.windows.hasShortLines() && problem.depth <= inPlaceDepth && problem.columns <= inPlaceColumns) {
      multiplyWindows(problem, rowBegin, rowEnd, columnBegin, columnEnd);
      return;
    }
  } else if (problem.windows.liesInside() && problem.columns <= 2 * tileColumns) {
    multiplyPixels(problem, rowBegin, rowEnd, columnBegin, columnEnd);
    return;
  }
  thread_local AlignedBuffer rowsBuffer, panelsBuffer;
  float* block = rowsBuffer.atLeast(Layout::length(rowBlock, depthBlock));
  float* panels = panelsBuffer.atLeast(static_cast<size_t>(depthBlock) * (columnBlock + tileColumns));
  alignas(64) float tile[tileRows * tileColumns];
  for (int columnStart = columnBegin; columnStart < columnEnd; columnStart += columnBlock) {
    const int columns = std::min(columnBlock, columnEnd - columnStart);
    for (int k = 0; k < problem.depth; k += depthBlock) {
      const int depth = std::min(depthBlock, problem.depth - k);
      for (int n = 0; n < columns; n += tileColumns) {
        const int used = std::min(tileColumns, columns - n);
        const int width = used <= vectorLength ? vectorLength : tileColumns;
        problem.packPanel(k, depth, columnStart + n, used, width, panels + static_cast<ptrdiff_t>(n) * depth);
      }
      const Layout layout(depth);
      for (int rowStart = rowBegin; rowStart < rowEnd; rowStart += rowBlock) {
        const int rows = std::min(rowBlock, rowEnd - rowStart);
        problem.packRows(rowStart, rows, k, depth, layout, block);
        for (int n = 0; n < columns; n += tileColumns) {
          const int used = std::min(tileColumns, columns - n);
          const bool narrow = used <= vectorLength;
          const float* panel = panels + static_cast<ptrdiff_t>(n) * depth;
          for (int m = 0; m < rows; m += tileRows) {
            const float* a = layout.tile(block, m, depth);
            if (narrow) {
              multiplyTile<1>(layout, a, panel, depth, tile);
            } else {
              multiplyTile<2>(layout, a, panel, depth, tile);
            }
            const int width = narrow ? vectorLength : tileColumns;
            storeTile(problem, tile, width, rowStart + m, std::min(tileRows, rows - m), columnStart + n, used, k > 0);
          }
        }
      }
    }
  }
}

/** How C is cut into rectangles for the threads: each cut packs A or B once more, so the cheaper is cut more. */
struct Grid {
  int rowParts;
  int columnParts;
};

inline Grid planGrid(int rows, int columns, double rowCost, double columnCost) {
  const int wanted = threadCount() == 1 ? 1 : 3 * threadCount();
  Grid best{1, 1};
  double bestCost = -1;
  for (int columnParts = 1; columnParts <= wanted && columnParts <= (columns + 63) / 64; columnParts++) {
    const int rowParts = std::max(1, std::min((wanted + columnParts - 1) / columnParts, (rows + 2 * tileRows - 1) / (2 * tileRows)));
    const int shortfall = std::max(0, wanted - rowParts * columnParts);
    const double cost = rowCost * rows * columnParts + columnCost * columns * rowParts + shortfall * 1e12;
    if (bestCost < 0 || cost < bestCost) {
      best = {rowParts, columnParts};
      bestCost = cost;
    }
  }
  return best;
}

/** Below so many multiplications handing work over costs more than it saves. */
constexpr double smallProduct = 500000;

template <class Problem>
void multiply(const Problem& problem) {
  if (static_cast<double>(problem.rows) * problem.columns * problem.depth < smallProduct) {
    multiplyRectangle(problem, 0, problem.rows, 0, problem.columns);
    return;
  }
  const Grid grid = planGrid(problem.rows, problem.columns, Problem::rowPackingCost, Problem::columnPackingCost);
  const auto cut = [](int length, int parts, int index, int unit) {
    const int units = (length + unit - 1) / unit;
    return std::min(length, static_cast<int>(static_cast<long>(units) * index / parts) * unit);
  };
  runTasks(grid.rowParts * grid.columnParts, [&](int index) {
    const int row = index % grid.rowParts;
    const int column = index / grid.rowParts;
    multiplyRectangle(problem, cut(problem.rows, grid.rowParts, row, tileRows), cut(problem.rows, grid.rowParts, row + 1, tileRows),
                      cut(problem.columns, grid.columnParts, column, tileColumns),
                      cut(problem.columns, grid.columnParts, column + 1, tileColumns));
  });
}

}  // namespace flawsmith
