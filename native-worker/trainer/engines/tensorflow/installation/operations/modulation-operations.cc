#include "modulation-operations.h"

#include "modulation.h"
#include "tensorflow-operation.h"

namespace flawsmith {
namespace {

/** Of [batch, height, width, channels]. */
ModulationShape shapeOf(const FloatTensor& x) {
  if (x.rank() != 4) throw std::invalid_argument("modulated maps have rank 4");
  return {x.dimension(0), x.dimension(1) * x.dimension(2), x.dimension(3)};
}

void expectLength(const FloatTensor& tensor, int64_t length, const char* message) {
  if (tensor.length() != length) throw std::invalid_argument(message);
}

/** The tensors of a modulation, held while it computes: bias, film, strength, noise. */
struct ModulationInputs {
  ModulationInputs(const Call& call, int first, const ModulationShape& shape)
      : bias(call.input(first)), film(call.input(first + 1)), strength(call.input(first + 2)), noise(call.input(first + 3)) {
    expectLength(bias, shape.channels, "a bias has one value a channel");
    expectLength(film, int64_t{2} * shape.batch * shape.channels, "a film has a scale and a shift a channel");
    expectLength(strength, int64_t{shape.batch} * shape.channels, "a strength has one value a channel");
    expectLength(noise, int64_t{shape.batch} * shape.pixels, "noise has one value a pixel");
  }
  Modulation values() const { return {bias.data(), film.data(), strength.data(), noise.data()}; }
  FloatTensor bias, film, strength, noise;
};

struct Modulate {
  explicit Modulate(const Attributes&) {}
  void run(const Call& call) const {
    const FloatTensor x = call.input(0);
    const ModulationShape shape = shapeOf(x);
    const ModulationInputs by(call, 1, shape);
    const FloatTensor y = call.output(0, x.dimensions());
    modulate(shape, x.data(), by.values(), y.data());
  }
};

struct ModulateGradient {
  explicit ModulateGradient(const Attributes&) {}
  void run(const Call& call) const {
    const FloatTensor dy = call.input(0), x = call.input(1);
    const ModulationShape shape = shapeOf(x);
    expectLength(dy, x.length(), "a gradient has the shape of its tensor");
    const ModulationInputs by(call, 2, shape);
    const FloatTensor dx = call.output(0, x.dimensions()), dbias = call.output(1, by.bias.dimensions()),
                      dfilm = call.output(2, by.film.dimensions()), dstrength = call.output(3, by.strength.dimensions());
    modulateGradient(shape, dy.data(), x.data(), by.values(), {dx.data(), dbias.data(), dfilm.data(), dstrength.data()});
  }
};

struct Paint {
  explicit Paint(const Attributes&) {}
  void run(const Call& call) const {
    const FloatTensor x = call.input(0), bias = call.input(1), grain = call.input(2);
    const ModulationShape shape = shapeOf(x);
    if (shape.channels < 2) throw std::invalid_argument("there is no channel beside the grain's strength");
    expectLength(bias, shape.channels, "a bias has one value a channel");
    expectLength(grain, int64_t{shape.batch} * shape.pixels, "grain has one value a pixel");
    const FloatTensor y = call.output(0, {x.dimension(0), x.dimension(1), x.dimension(2), x.dimension(3) - 1});
    paint(shape, x.data(), bias.data(), grain.data(), y.data());
  }
};

struct PaintGradient {
  explicit PaintGradient(const Attributes&) {}
  void run(const Call& call) const {
    const FloatTensor dy = call.input(0), y = call.input(1), grain = call.input(2);
    expectLength(dy, y.length(), "a gradient has the shape of its tensor");
    ModulationShape shape = shapeOf(y);
    shape.channels++;
    expectLength(grain, int64_t{shape.batch} * shape.pixels, "grain has one value a pixel");
    const FloatTensor dx = call.output(0, {y.dimension(0), y.dimension(1), y.dimension(2), shape.channels});
    const FloatTensor dbias = call.output(1, {shape.channels});
    paintGradient(shape, dy.data(), y.data(), grain.data(), dx.data(), dbias.data());
  }
};

}  // namespace

void registerModulations() {
  registerOperation<Modulate>(
      {"FlawsmithModulate", {"x: float", "bias: float", "film: float", "strength: float", "noise: float"}, {"y: float"}, {}});
  registerOperation<ModulateGradient>({"FlawsmithModulateGradient",
                                       {"dy: float", "x: float", "bias: float", "film: float", "strength: float", "noise: float"},
                                       {"dx: float", "dbias: float", "dfilm: float", "dstrength: float"},
                                       {}});
  registerOperation<Paint>({"FlawsmithPaint", {"x: float", "bias: float", "grain: float"}, {"y: float"}, {}});
  registerOperation<PaintGradient>(
      {"FlawsmithPaintGradient", {"dy: float", "y: float", "grain: float"}, {"dx: float", "dbias: float"}, {}});
}

}  // namespace flawsmith
