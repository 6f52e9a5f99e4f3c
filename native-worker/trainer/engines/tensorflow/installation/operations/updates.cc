#include "updates.h"

#include <cmath>

namespace flawsmith {

void adam(const AdamTensors& tensors, int64_t length, const AdamNumbers& numbers) {
  const float *parameter = tensors.parameter, *gradient = tensors.gradient, *first = tensors.first, *second = tensors.second;
  float *__restrict__ newParameter = tensors.newParameter, *__restrict__ newFirst = tensors.newFirst,
                      *__restrict__ newSecond = tensors.newSecond;
  const auto [rate, beta1, beta2, epsilon] = numbers;
  for (int64_t i = 0; i < length; i++) {
    const float m = beta1 * first[i] + (1 - beta1) * gradient[i];
    const float v = beta2 * second[i] + (1 - beta2) * (gradient[i] * gradient[i]);
    newFirst[i] = m;
    newSecond[i] = v;
    newParameter[i] = parameter[i] - rate * m / (std::sqrt(v) + epsilon);
  }
}

void follow(const float* follower, const float* followed, int64_t length, float kept, float* __restrict__ moved) {
  for (int64_t i = 0; i < length; i++) moved[i] = kept * follower[i] + (1 - kept) * followed[i];
}

}  // namespace flawsmith
