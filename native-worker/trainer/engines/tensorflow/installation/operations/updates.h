#pragma once

#include <cstdint>

namespace flawsmith {

struct AdamNumbers {
  float rate, beta1, beta2, epsilon;
};

/** Of one parameter: what it was, and where it is written. */
struct AdamTensors {
  const float *parameter, *gradient, *first, *second;
  float *newParameter, *newFirst, *newSecond;
};

/** parameter -= rate · m / (√v + epsilon), moments updated first; the rate has the bias correction in it (Kingma & Ba 2015). */
void adam(const AdamTensors& tensors, int64_t length, const AdamNumbers& numbers);

/** moved = kept · follower + (1 − kept) · followed */
void follow(const float* follower, const float* followed, int64_t length, float kept, float* moved);

}  // namespace flawsmith
