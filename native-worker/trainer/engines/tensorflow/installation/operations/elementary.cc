#include "elementary.h"

#include <algorithm>
#include <vector>

#include "thread-team.h"

namespace flawsmith {
namespace {

/** Values a task takes: enough that handing it over costs nothing beside it. */
constexpr int64_t taskLength = 65536;

}  // namespace

void addRepeated(const float* a, int64_t length, const float* b, int64_t period, float* sum) {
  if (length == period) {
    runTasks(static_cast<int>((length + taskLength - 1) / taskLength), [=](int task) {
      const int64_t end = std::min(length, (task + 1) * taskLength);
      for (int64_t i = task * taskLength; i < end; i++) sum[i] = a[i] + b[i];
    });
    return;
  }
  const int64_t rows = length / period;
  const int64_t rowsEach = std::max<int64_t>(1, taskLength / period);
  runTasks(static_cast<int>((rows + rowsEach - 1) / rowsEach), [=](int task) {
    const int64_t end = std::min(rows, (task + 1) * rowsEach);
    for (int64_t row = task * rowsEach; row < end; row++) {
      const float* from = a + row * period;
      float* __restrict__ to = sum + row * period;
      for (int64_t i = 0; i < period; i++) to[i] = from[i] + b[i];
    }
  });
}

void sumRows(const float* x, int64_t rows, int columns, float* sums) {
  const int64_t rowsEach = std::max<int64_t>(1, 16384 / columns);
  const int tasks = static_cast<int>((rows + rowsEach - 1) / rowsEach);
  std::vector<float> parts(static_cast<size_t>(tasks) * columns, 0.0f);
  float* all = parts.data();
  runTasks(tasks, [=](int task) {
    float* __restrict__ part = all + static_cast<int64_t>(task) * columns;
    const int64_t end = std::min(rows, (task + 1) * rowsEach);
    for (int64_t row = task * rowsEach; row < end; row++) {
      const float* from = x + row * columns;
      for (int c = 0; c < columns; c++) part[c] += from[c];
    }
  });
  for (int c = 0; c < columns; c++) {
    double sum = 0;
    for (int task = 0; task < tasks; task++) sum += all[static_cast<int64_t>(task) * columns + c];
    sums[c] = static_cast<float>(sum);
  }
}

}  // namespace flawsmith
