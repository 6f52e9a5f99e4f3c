#pragma once

namespace flawsmith {

/**
 * tanh by a quotient of polynomials (Eigen's coefficients), to 4e-7: the compiler makes vectors of it, which the library's it does not. No
 * number stays no number.
 */
inline float hyperbolicTangent(float value) {
  // Beyond, the result is 1 in single precision.
  constexpr float furthest = 7.90531110763549805f;
  float x = value > furthest ? furthest : value;
  x = x < -furthest ? -furthest : x;
  const float square = x * x;
  float above = -2.76076847742355e-16f;
  above = above * square + 2.00018790482477e-13f;
  above = above * square - 8.60467152213735e-11f;
  above = above * square + 5.12229709037114e-08f;
  above = above * square + 1.48572235717979e-05f;
  above = above * square + 6.37261928875436e-04f;
  above = above * square + 4.89352455891786e-03f;
  float below = 1.19825839466702e-06f;
  below = below * square + 1.18534705686654e-04f;
  below = below * square + 2.26843463243900e-03f;
  below = below * square + 4.89352518554385e-03f;
  return x * above / below;
}

}  // namespace flawsmith
