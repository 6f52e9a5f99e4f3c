#pragma once

namespace flawsmith {

/** FlawsmithAugment and FlawsmithAugmentGradient: a whole differentiable augmentation of a batch. */
void registerAugmentations();

}  // namespace flawsmith
