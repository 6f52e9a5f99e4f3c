#include "product-operations.h"

#include "convolution.h"
#include "tensorflow-operation.h"

namespace flawsmith {
namespace {

/** A dense layer is a convolution of one-pixel images: its three products are the layer, its input's and its filter's gradient. */
struct Multiply {
  explicit Multiply(const Attributes& attributes) {
    const std::vector<int> transposed = attributes.integers("transposed", 2);
    isLeftTransposed = transposed[0] != 0;
    isRightTransposed = transposed[1] != 0;
    if (isLeftTransposed && isRightTransposed) throw std::invalid_argument("only one matrix of a product can be transposed");
  }

  void run(const Call& call) const {
    const FloatTensor left = call.input(0), right = call.input(1);
    if (left.rank() != 2 || right.rank() != 2) throw std::invalid_argument("a product takes two matrices");
    const int rows = left.dimension(isLeftTransposed ? 1 : 0), depth = left.dimension(isLeftTransposed ? 0 : 1);
    const int columns = right.dimension(isRightTransposed ? 0 : 1);
    if (right.dimension(isRightTransposed ? 1 : 0) != depth) throw std::invalid_argument("the inner lengths of a product differ");
    const FloatTensor product = call.output(0, {rows, columns});
    if (isLeftTransposed) {
      convolveFilterGradient(pixels(depth, rows, columns), left.data(), right.data(), product.data());
    } else if (isRightTransposed) {
      convolveInputGradient(pixels(rows, columns, depth), left.data(), right.data(), product.data());
    } else {
      convolve(pixels(rows, depth, columns), left.data(), right.data(), product.data());
    }
  }

  static ConvolutionShape pixels(int count, int inChannels, int outChannels) {
    return {count, 1, 1, inChannels, 1, 1, 1, 1, outChannels, 1, 1, 0, 0};
  }

  bool isLeftTransposed, isRightTransposed;
};

}  // namespace

void registerProducts() {
  registerOperation<Multiply>({"FlawsmithMultiply", {"left: float", "right: float"}, {"product: float"}, {"transposed: list(int)"}});
}

}  // namespace flawsmith
