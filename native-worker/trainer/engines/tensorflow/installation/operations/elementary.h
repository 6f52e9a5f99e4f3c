#pragma once

#include <cstdint>

namespace flawsmith {

/** sum = a + b, b repeated as often as it goes into a: as long as a, or a vector for each of its rows. */
void addRepeated(const float* a, int64_t length, const float* b, int64_t period, float* sum);

/** sums[column] of a matrix [rows, columns], in a fixed order. */
void sumRows(const float* x, int64_t rows, int columns, float* sums);

}  // namespace flawsmith
