#pragma once

namespace flawsmith {

/** FlawsmithNormalise and FlawsmithNormaliseGradient, over every axis but the last. */
void registerNormalisations();

}  // namespace flawsmith
