#include "activation-operations.h"
#include "convolution-operations.h"
#include "normalisation-operations.h"
#include "product-operations.h"

/** Runs when the addon loads, before any operation is called by name. */
__attribute__((constructor)) static void registerOperations() {
  flawsmith::registerActivations();
  flawsmith::registerConvolutions();
  flawsmith::registerNormalisations();
  flawsmith::registerProducts();
}
