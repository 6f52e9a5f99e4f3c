#pragma once

#include "convolution.h"

namespace flawsmith {

/** Where `narrowInputGradient` is the faster way: an image of few channels. */
bool suitsNarrowInputGradient(const ConvolutionShape& shape);

/** The same as `convolveInputGradient`: what each pixel of dy gives its whole window is one product, and is added where the window lies. */
void narrowInputGradient(const ConvolutionShape& shape, const float* dy, const float* filter, float* dx);

}  // namespace flawsmith
