#pragma once

namespace flawsmith {

/** FlawsmithConvolve, FlawsmithConvolveInputGradient, FlawsmithConvolveFilterGradient. */
void registerConvolutions();

}  // namespace flawsmith
