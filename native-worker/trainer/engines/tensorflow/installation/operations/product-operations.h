#pragma once

namespace flawsmith {

/** FlawsmithMultiply: the product of two matrices, each as it is or transposed. */
void registerProducts();

}  // namespace flawsmith
