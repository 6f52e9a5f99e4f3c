#include "normalisation.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "thread-team.h"

namespace flawsmith {
namespace {

/** About 64 KB of x: a chunk is still in the second cache when it is read again. Fixed, so that no result depends on the threads. */
constexpr int chunkLength = 16384;

struct Chunks {
  explicit Chunks(const NormalisationShape& shape)
      : rowsEach(std::max(1, chunkLength / shape.channels)), rows(shape.rows), count((shape.rows + rowsEach - 1) / rowsEach) {}
  int first(int chunk) const { return chunk * rowsEach; }
  int rowsOf(int chunk) const { return std::min(rowsEach, rows - first(chunk)); }
  int rowsEach, rows, count;
};

/** By chunk and channel; added up in the order of the chunks. */
using Sums = std::vector<float>;

}  // namespace

void normalise(const NormalisationShape& shape, const float* x, const float* scale, const float* shift, float* y, float* mean,
               float* variance) {
  const int channels = shape.channels;
  const Chunks chunks(shape);
  Sums sums(static_cast<size_t>(chunks.count) * channels), squares(sums.size());
  runTasks(chunks.count, [&](int chunk) {
    const float* begin = x + static_cast<ptrdiff_t>(chunks.first(chunk)) * channels;
    const int rows = chunks.rowsOf(chunk);
    float* sum = &sums[static_cast<size_t>(chunk) * channels];
    float* square = &squares[static_cast<size_t>(chunk) * channels];
    for (int row = 0; row < rows; row++) {
      const float* values = begin + static_cast<ptrdiff_t>(row) * channels;
      for (int c = 0; c < channels; c++) sum[c] += values[c];
    }
    // Squares about the chunk's own mean: sums of large squares would cancel (Chan, Golub & LeVeque 1983).
    std::vector<float> local(channels);
    for (int c = 0; c < channels; c++) local[c] = sum[c] / rows;
    for (int row = 0; row < rows; row++) {
      const float* values = begin + static_cast<ptrdiff_t>(row) * channels;
      for (int c = 0; c < channels; c++) square[c] += (values[c] - local[c]) * (values[c] - local[c]);
    }
  });
  std::vector<double> total(channels), deviation(channels);
  for (int chunk = 0; chunk < chunks.count; chunk++)
    for (int c = 0; c < channels; c++) total[c] += sums[static_cast<size_t>(chunk) * channels + c];
  for (int chunk = 0; chunk < chunks.count; chunk++) {
    const int rows = chunks.rowsOf(chunk);
    for (int c = 0; c < channels; c++) {
      const size_t place = static_cast<size_t>(chunk) * channels + c;
      const double apart = static_cast<double>(sums[place]) / rows - total[c] / shape.rows;
      deviation[c] += squares[place] + rows * apart * apart;
    }
  }
  std::vector<float> gain(channels);
  for (int c = 0; c < channels; c++) {
    mean[c] = static_cast<float>(total[c] / shape.rows);
    variance[c] = static_cast<float>(deviation[c] / shape.rows);
    gain[c] = scale[c] / std::sqrt(variance[c] + shape.epsilon);
  }
  runTasks(chunks.count, [&](int chunk) {
    for (int row = chunks.first(chunk); row < chunks.first(chunk) + chunks.rowsOf(chunk); row++) {
      const float* from = x + static_cast<ptrdiff_t>(row) * channels;
      float* __restrict__ to = y + static_cast<ptrdiff_t>(row) * channels;
      for (int c = 0; c < channels; c++) to[c] = (from[c] - mean[c]) * gain[c] + shift[c];
    }
  });
}

void normaliseGradient(const NormalisationShape& shape, const float* dy, const float* x, const float* scale, const float* mean,
                       const float* variance, float* dx, float* dscale, float* dshift) {
  const int channels = shape.channels;
  const Chunks chunks(shape);
  Sums sums(static_cast<size_t>(chunks.count) * channels), products(sums.size());
  runTasks(chunks.count, [&](int chunk) {
    float* __restrict__ sum = &sums[static_cast<size_t>(chunk) * channels];
    float* __restrict__ product = &products[static_cast<size_t>(chunk) * channels];
    for (int row = chunks.first(chunk); row < chunks.first(chunk) + chunks.rowsOf(chunk); row++) {
      const float* gradient = dy + static_cast<ptrdiff_t>(row) * channels;
      const float* values = x + static_cast<ptrdiff_t>(row) * channels;
      for (int c = 0; c < channels; c++) {
        sum[c] += gradient[c];
        product[c] += gradient[c] * (values[c] - mean[c]);
      }
    }
  });
  std::vector<double> total(channels), correlation(channels);
  for (int chunk = 0; chunk < chunks.count; chunk++)
    for (int c = 0; c < channels; c++) {
      total[c] += sums[static_cast<size_t>(chunk) * channels + c];
      correlation[c] += products[static_cast<size_t>(chunk) * channels + c];
    }
  // dx = gain · (dy − mean of dy − (x − mean) · slope)
  std::vector<float> gain(channels), average(channels), slope(channels);
  for (int c = 0; c < channels; c++) {
    const double inverse = 1 / std::sqrt(static_cast<double>(variance[c]) + shape.epsilon);
    dshift[c] = static_cast<float>(total[c]);
    dscale[c] = static_cast<float>(correlation[c] * inverse);
    gain[c] = static_cast<float>(scale[c] * inverse);
    average[c] = static_cast<float>(total[c] / shape.rows);
    slope[c] = static_cast<float>(correlation[c] * inverse * inverse / shape.rows);
  }
  runTasks(chunks.count, [&](int chunk) {
    for (int row = chunks.first(chunk); row < chunks.first(chunk) + chunks.rowsOf(chunk); row++) {
      const float* gradient = dy + static_cast<ptrdiff_t>(row) * channels;
      const float* values = x + static_cast<ptrdiff_t>(row) * channels;
      float* __restrict__ to = dx + static_cast<ptrdiff_t>(row) * channels;
      for (int c = 0; c < channels; c++) to[c] = gain[c] * (gradient[c] - average[c] - (values[c] - mean[c]) * slope[c]);
    }
  });
}

}  // namespace flawsmith
