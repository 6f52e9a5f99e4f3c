#pragma once

namespace flawsmith {

/** A row-major matrix [rows, channels]; statistics run down the rows. */
struct NormalisationShape {
  int rows;
  int channels;
  float epsilon;
};

/** y = (x − mean) / √(variance + ε) · scale + shift; variance divided by rows (Ioffe & Szegedy 2015, algorithm 1). */
void normalise(const NormalisationShape& shape, const float* x, const float* scale, const float* shift, float* y, float* mean,
               float* variance);

/** Gradients of x, scale and shift from that of y, through the statistics. */
void normaliseGradient(const NormalisationShape& shape, const float* dy, const float* x, const float* scale, const float* mean,
                       const float* variance, float* dx, float* dscale, float* dshift);

}  // namespace flawsmith
