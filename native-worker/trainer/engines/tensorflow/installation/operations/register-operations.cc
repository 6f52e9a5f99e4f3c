#include "activation-operations.h"
#include "augmentation-operations.h"
#include "convolution-operations.h"
#include "elementary-operations.h"
#include "frame-operations.h"
#include "modulation-operations.h"
#include "normalisation-operations.h"
#include "product-operations.h"
#include "update-operations.h"

/** Runs when the addon loads, before any operation is called by name. */
__attribute__((constructor)) static void registerOperations() {
  flawsmith::registerActivations();
  flawsmith::registerAugmentations();
  flawsmith::registerConvolutions();
  flawsmith::registerElementaries();
  flawsmith::registerFrames();
  flawsmith::registerModulations();
  flawsmith::registerNormalisations();
  flawsmith::registerProducts();
  flawsmith::registerUpdates();
}
