#include "convolution-operations.h"

/** Runs when the addon loads, before any operation is called by name. */
__attribute__((constructor)) static void registerOperations() {
  flawsmith::registerConvolutions();
}
