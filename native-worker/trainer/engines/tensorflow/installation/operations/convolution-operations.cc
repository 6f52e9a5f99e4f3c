#include "convolution-operations.h"

#include "convolution.h"
#include "tensorflow-operation.h"

namespace flawsmith {
namespace {

/** Everything about a convolution that its tensors' shapes do not say. */
struct ConvolutionAttributes {
  explicit ConvolutionAttributes(const Attributes& attributes)
      : strides(attributes.integers("strides", 2)), padding(attributes.integers("padding", 2)), size(attributes.integers("size", 2)) {
    if (strides[0] < 1 || strides[1] < 1) throw std::invalid_argument("strides must be at least 1");
    if (padding[0] < 0 || padding[1] < 0) throw std::invalid_argument("padding must not be negative");
    if (size[0] < 1 || size[1] < 1) throw std::invalid_argument("size must be at least 1");
  }

  /** Of x, filter and y: [batch, height, width, channels], [height, width, in, out], [batch, height, width, channels]. */
  ConvolutionShape shapeOf(const Dimensions& x, const Dimensions& filter, const Dimensions& y) const {
    if (x.size() != 4 || filter.size() != 4 || y.size() != 4) throw std::invalid_argument("a convolution's tensors have rank 4");
    if (x[0] != y[0] || x[3] != filter[2] || y[3] != filter[3])
      throw std::invalid_argument("batch or channels of a convolution's tensors differ");
    const auto integer = [](int64_t value) { return static_cast<int>(value); };
    return {integer(x[0]), integer(x[1]), integer(x[2]), integer(x[3]), integer(filter[0]), integer(filter[1]),
            integer(y[1]), integer(y[2]), integer(y[3]), strides[0], strides[1], padding[0], padding[1]};
  }

  std::vector<int> strides, padding;
  /** Height and width of the output of the operation. */
  std::vector<int> size;
};

struct Convolve : ConvolutionAttributes {
  using ConvolutionAttributes::ConvolutionAttributes;
  void run(const Call& call) const {
    const FloatTensor x = call.input(0), filter = call.input(1);
    if (x.rank() != 4 || filter.rank() != 4) throw std::invalid_argument("a convolution's tensors have rank 4");
    const Dimensions dimensions{x.dimension(0), size[0], size[1], filter.dimension(3)};
    const ConvolutionShape shape = shapeOf(x.dimensions(), filter.dimensions(), dimensions);
    const FloatTensor y = call.output(0, dimensions);
    convolve(shape, x.data(), filter.data(), y.data());
  }
};

/** With a third input of y's shape, or a vector a pixel, that is added. */
struct ConvolveOnto : ConvolutionAttributes {
  using ConvolutionAttributes::ConvolutionAttributes;
  void run(const Call& call) const {
    const FloatTensor x = call.input(0), filter = call.input(1), onto = call.input(2);
    if (x.rank() != 4 || filter.rank() != 4) throw std::invalid_argument("a convolution's tensors have rank 4");
    const int channels = filter.dimension(3);
    const Dimensions dimensions{x.dimension(0), size[0], size[1], channels};
    const bool isVector = onto.dimensions() == Dimensions{channels};
    if (!isVector && onto.dimensions() != dimensions) throw std::invalid_argument("what is added has the shape of the result or its channels");
    const ConvolutionShape shape = shapeOf(x.dimensions(), filter.dimensions(), dimensions);
    const FloatTensor y = call.output(0, dimensions);
    convolve(shape, x.data(), filter.data(), y.data(), {onto.data(), isVector ? 0 : channels});
  }
};

struct ConvolveInputGradient : ConvolutionAttributes {
  using ConvolutionAttributes::ConvolutionAttributes;
  void run(const Call& call) const {
    const FloatTensor dy = call.input(0), filter = call.input(1);
    if (dy.rank() != 4 || filter.rank() != 4) throw std::invalid_argument("a convolution's tensors have rank 4");
    const Dimensions dimensions{dy.dimension(0), size[0], size[1], filter.dimension(2)};
    const ConvolutionShape shape = shapeOf(dimensions, filter.dimensions(), dy.dimensions());
    const FloatTensor dx = call.output(0, dimensions);
    convolveInputGradient(shape, dy.data(), filter.data(), dx.data());
  }
};

struct ConvolveFilterGradient : ConvolutionAttributes {
  using ConvolutionAttributes::ConvolutionAttributes;
  void run(const Call& call) const {
    const FloatTensor x = call.input(0), dy = call.input(1);
    if (x.rank() != 4 || dy.rank() != 4) throw std::invalid_argument("a convolution's tensors have rank 4");
    const Dimensions dimensions{size[0], size[1], x.dimension(3), dy.dimension(3)};
    const ConvolutionShape shape = shapeOf(x.dimensions(), dimensions, dy.dimensions());
    const FloatTensor dfilter = call.output(0, dimensions);
    convolveFilterGradient(shape, x.data(), dy.data(), dfilter.data());
  }
};

const std::vector<const char*> attributes{"strides: list(int)", "padding: list(int)", "size: list(int)"};

}  // namespace

void registerConvolutions() {
  registerOperation<Convolve>({"FlawsmithConvolve", {"x: float", "filter: float"}, {"y: float"}, attributes});
  registerOperation<ConvolveOnto>({"FlawsmithConvolveOnto", {"x: float", "filter: float", "onto: float"}, {"y: float"}, attributes});
  registerOperation<ConvolveInputGradient>({"FlawsmithConvolveInputGradient", {"dy: float", "filter: float"}, {"dx: float"}, attributes});
  registerOperation<ConvolveFilterGradient>({"FlawsmithConvolveFilterGradient", {"x: float", "dy: float"}, {"dfilter: float"}, attributes});
}

}  // namespace flawsmith
