#include "normalisation-operations.h"

#include "normalisation.h"
#include "tensorflow-operation.h"

namespace flawsmith {
namespace {

struct NormalisationAttributes {
  explicit NormalisationAttributes(const Attributes& attributes) : epsilon(attributes.number("epsilon")) {}

  NormalisationShape shapeOf(const FloatTensor& x) const {
    if (x.rank() < 2 || x.length() == 0) throw std::invalid_argument("normalisation needs rows and channels");
    const int channels = x.dimension(x.rank() - 1);
    return {static_cast<int>(x.length() / channels), channels, epsilon};
  }

  static void checkVector(const FloatTensor& vector, int channels) {
    if (vector.length() != channels) throw std::invalid_argument("normalisation needs one value a channel");
  }

  float epsilon;
};

struct Normalise : NormalisationAttributes {
  using NormalisationAttributes::NormalisationAttributes;
  void run(const Call& call) const {
    const FloatTensor x = call.input(0), scale = call.input(1), shift = call.input(2);
    const NormalisationShape shape = shapeOf(x);
    checkVector(scale, shape.channels);
    checkVector(shift, shape.channels);
    const FloatTensor y = call.output(0, x.dimensions()), mean = call.output(1, {shape.channels}),
                      variance = call.output(2, {shape.channels});
    normalise(shape, x.data(), scale.data(), shift.data(), y.data(), mean.data(), variance.data());
  }
};

struct NormaliseGradient : NormalisationAttributes {
  using NormalisationAttributes::NormalisationAttributes;
  void run(const Call& call) const {
    const FloatTensor dy = call.input(0), x = call.input(1), scale = call.input(2), mean = call.input(3), variance = call.input(4);
    const NormalisationShape shape = shapeOf(x);
    if (dy.length() != x.length()) throw std::invalid_argument("a gradient has the shape of its tensor");
    for (const FloatTensor* vector : {&scale, &mean, &variance}) checkVector(*vector, shape.channels);
    const FloatTensor dx = call.output(0, x.dimensions()), dscale = call.output(1, {shape.channels}),
                      dshift = call.output(2, {shape.channels});
    normaliseGradient(shape, dy.data(), x.data(), scale.data(), mean.data(), variance.data(), dx.data(), dscale.data(), dshift.data());
  }
};

}  // namespace

void registerNormalisations() {
  registerOperation<Normalise>({"FlawsmithNormalise",
                                {"x: float", "scale: float", "shift: float"},
                                {"y: float", "mean: float", "variance: float"},
                                {"epsilon: float"}});
  registerOperation<NormaliseGradient>({"FlawsmithNormaliseGradient",
                                        {"dy: float", "x: float", "scale: float", "mean: float", "variance: float"},
                                        {"dx: float", "dscale: float", "dshift: float"},
                                        {"epsilon: float"}});
}

}  // namespace flawsmith
