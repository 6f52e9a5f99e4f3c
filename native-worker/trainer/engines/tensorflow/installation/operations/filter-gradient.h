#pragma once

#include "convolution.h"

namespace flawsmith {

/** Where `filterGradientByImages` is the faster way: few columns, and many pixels for each value of the filter. */
bool suitsFilterGradientByImages(const ConvolutionShape& shape);

/**
 * The same as `convolveFilterGradient`, the threads sharing the images instead of the filter: each goes through its images once, and
 * what they found is added up, in an order that no number of threads changes.
 */
void filterGradientByImages(const ConvolutionShape& shape, const float* x, const float* dy, float* dfilter);

}  // namespace flawsmith
