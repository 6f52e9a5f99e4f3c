#include "activation-operations.h"

#include "activation.h"
#include "tensorflow-operation.h"

namespace flawsmith {
namespace {

struct ActivationAttributes {
  explicit ActivationAttributes(const Attributes& attributes) : slope(attributes.number("slope")) {}
  float slope;
};

struct Activate : ActivationAttributes {
  using ActivationAttributes::ActivationAttributes;
  void run(const Call& call) const {
    const FloatTensor x = call.input(0);
    const FloatTensor y = call.output(0, x.dimensions());
    activate(x.data(), x.length(), slope, y.data());
  }
};

struct ActivateGradient : ActivationAttributes {
  using ActivationAttributes::ActivationAttributes;
  void run(const Call& call) const {
    const FloatTensor dy = call.input(0), y = call.input(1);
    if (dy.length() != y.length()) throw std::invalid_argument("a gradient has the shape of its tensor");
    const FloatTensor dx = call.output(0, y.dimensions());
    activateGradient(dy.data(), y.data(), y.length(), slope, dx.data());
  }
};

struct ActivateGradientOnto : ActivationAttributes {
  using ActivationAttributes::ActivationAttributes;
  void run(const Call& call) const {
    const FloatTensor dy = call.input(0), y = call.input(1), onto = call.input(2);
    if (dy.length() != y.length() || onto.length() != y.length()) throw std::invalid_argument("a gradient has the shape of its tensor");
    const FloatTensor dx = call.output(0, y.dimensions());
    activateGradient(dy.data(), y.data(), y.length(), slope, dx.data(), onto.data());
  }
};

}  // namespace

void registerActivations() {
  registerOperation<Activate>({"FlawsmithActivate", {"x: float"}, {"y: float"}, {"slope: float"}});
  registerOperation<ActivateGradient>({"FlawsmithActivateGradient", {"dy: float", "y: float"}, {"dx: float"}, {"slope: float"}});
  registerOperation<ActivateGradientOnto>(
      {"FlawsmithActivateGradientOnto", {"dy: float", "y: float", "onto: float"}, {"dx: float"}, {"slope: float"}});
}

}  // namespace flawsmith
