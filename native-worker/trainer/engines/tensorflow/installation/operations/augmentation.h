#pragma once

namespace flawsmith {

/** Images [batch, height, width, channels]. */
struct ImageShape {
  int batch, height, width, channels;
};

/**
 * Numbers of a plan, an image: shift down, shift across, 1 where turned upside down, 1 where mirrored, hole (top, bottom, left, right;
 * ends not included), contrast, light, saturation.
 */
constexpr int planLength = 11;

/** Differentiable augmentation (Zhao et al. 2020) of each image by its plan; what is shifted in is zero. */
void augment(const ImageShape& shape, const float* images, const float* plans, float* augmented);

/** From the gradient at the augmented images to the one at the images. */
void augmentGradient(const ImageShape& shape, const float* gradient, const float* plans, float* atImages);

}  // namespace flawsmith
