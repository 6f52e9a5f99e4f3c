#include "activation.h"

#include <algorithm>

#include "thread-team.h"

namespace flawsmith {
namespace {

/** Values a task takes: enough that handing it over costs nothing beside it. */
constexpr int64_t taskLength = 65536;

template <class Range>
void inTasks(int64_t length, const Range& range) {
  runTasks(static_cast<int>((length + taskLength - 1) / taskLength),
           [&](int task) { range(task * taskLength, std::min(length, (task + 1) * taskLength)); });
}

/** Chosen before it is multiplied, so that the compiler makes vectors of it and not a branch. */
inline float slopeAt(float value, float slope) { return value > 0 ? 1.0f : slope; }

}  // namespace

void activate(const float* x, int64_t length, float slope, float* __restrict__ y) {
  inTasks(length, [=](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; i++) y[i] = x[i] * slopeAt(x[i], slope);
  });
}

void activateGradient(const float* dy, const float* y, int64_t length, float slope, float* __restrict__ dx, const float* onto) {
  if (onto != nullptr) {
    inTasks(length, [=](int64_t begin, int64_t end) {
      for (int64_t i = begin; i < end; i++) dx[i] = dy[i] * slopeAt(y[i], slope) + onto[i];
    });
    return;
  }
  inTasks(length, [=](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; i++) dx[i] = dy[i] * slopeAt(y[i], slope);
  });
}

}  // namespace flawsmith
