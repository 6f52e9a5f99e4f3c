#include "frame-operations.h"

#include "frame.h"
#include "tensorflow-operation.h"

namespace flawsmith {
namespace {

struct FrameAttributes {
  explicit FrameAttributes(const Attributes& attributes) : slope(attributes.number("slope")), repeats(attributes.flag("repeats")) {}

  FrameShape shapeOf(const Dimensions& x) const {
    if (x.size() != 4 || x[1] < 1 || x[2] < 1) throw std::invalid_argument("framed maps have rank 4");
    return {static_cast<int>(x[0]), static_cast<int>(x[1]), static_cast<int>(x[2]), static_cast<int>(x[3]), repeats};
  }

  /** With a slope of 1 no gate is looked at. */
  const float* gateOf(const FloatTensor& gate, const Dimensions& x) const {
    if (slope == 1) return nullptr;
    if (gate.dimensions() != x) throw std::invalid_argument("a gate has the shape of its map");
    return gate.data();
  }

  float slope;
  bool repeats;
};

struct Frame : FrameAttributes {
  using FrameAttributes::FrameAttributes;
  void run(const Call& call) const {
    const FloatTensor x = call.input(0), gate = call.input(1);
    const FrameShape shape = shapeOf(x.dimensions());
    const FloatTensor framed = call.output(0, {shape.batch, shape.height + 2, shape.width + 2, shape.channels});
    frame(shape, x.data(), gateOf(gate, x.dimensions()), slope, framed.data());
  }
};

struct Unframe : FrameAttributes {
  using FrameAttributes::FrameAttributes;
  void run(const Call& call) const {
    const FloatTensor framed = call.input(0), gate = call.input(1);
    Dimensions dimensions = framed.dimensions();
    if (dimensions.size() != 4) throw std::invalid_argument("framed maps have rank 4");
    dimensions[1] -= 2;
    dimensions[2] -= 2;
    const FrameShape shape = shapeOf(dimensions);
    const FloatTensor x = call.output(0, dimensions);
    unframe(shape, framed.data(), gateOf(gate, dimensions), slope, x.data());
  }
};

const std::vector<const char*> attributes{"slope: float", "repeats: bool"};

}  // namespace

void registerFrames() {
  registerOperation<Frame>({"FlawsmithFrame", {"x: float", "gate: float"}, {"framed: float"}, attributes});
  registerOperation<Unframe>({"FlawsmithUnframe", {"framed: float", "gate: float"}, {"x: float"}, attributes});
}

}  // namespace flawsmith
