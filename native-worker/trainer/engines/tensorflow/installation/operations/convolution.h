#pragma once

namespace flawsmith {

/** x [batch, inHeight, inWidth, inChannels] ∗ filter [kernelHeight, kernelWidth, in, out] → y [batch, outHeight, outWidth, out]. */
struct ConvolutionShape {
  int batch;
  int inHeight, inWidth, inChannels;
  int kernelHeight, kernelWidth;
  int outHeight, outWidth, outChannels;
  int strideHeight, strideWidth;
  /** Zeros above and to the left of x; what is missing below and to the right is zero as well. */
  int padTop, padLeft;
};

/** What is added to a result: rows of it lie so many values apart; 0 for one row for all. Nothing where null. */
struct Addend {
  const float* values = nullptr;
  int stride = 0;
};

void convolve(const ConvolutionShape& shape, const float* x, const float* filter, float* y, const Addend& addend = {});

/** dL/dx from dL/dy; also the transposed convolution. */
void convolveInputGradient(const ConvolutionShape& shape, const float* dy, const float* filter, float* dx);

void convolveFilterGradient(const ConvolutionShape& shape, const float* x, const float* dy, float* dfilter);

}  // namespace flawsmith
