#pragma once

namespace flawsmith {

/** FlawsmithActivate and FlawsmithActivateGradient: ReLU and leaky ReLU. */
void registerActivations();

}  // namespace flawsmith
