#pragma once

namespace flawsmith {

/** FlawsmithAdd, FlawsmithSumRows and FlawsmithReshape: what a gradient tape asks for most, without a broadcast's detours. */
void registerElementaries();

}  // namespace flawsmith
