#pragma once

namespace flawsmith {

/** FlawsmithModulate and FlawsmithPaint, each with its gradient: what follows a convolution of crgan's generator. */
void registerModulations();

}  // namespace flawsmith
