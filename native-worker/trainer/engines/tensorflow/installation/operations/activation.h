#pragma once

#include <cstdint>

namespace flawsmith {

/** y = x where positive, slope · x elsewhere; slope 0 is ReLU (Maas et al. 2013). */
void activate(const float* x, int64_t length, float slope, float* y);

/**
 * dx from dy; x or y tells the sign, which they share for every slope above 0 (and ReLU's y is 0 where its slope is). What is in `onto` is
 * added, unless it is null.
 */
void activateGradient(const float* dy, const float* y, int64_t length, float slope, float* dx, const float* onto = nullptr);

}  // namespace flawsmith
