#pragma once

namespace flawsmith {

/** FlawsmithAdam and FlawsmithFollow: updates of many small parameters in one call. */
void registerUpdates();

}  // namespace flawsmith
