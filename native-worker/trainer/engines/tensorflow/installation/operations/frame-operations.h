#pragma once

namespace flawsmith {

/** FlawsmithFrame and FlawsmithUnframe: a border of one pixel, and leaky ReLU on the way. */
void registerFrames();

}  // namespace flawsmith
