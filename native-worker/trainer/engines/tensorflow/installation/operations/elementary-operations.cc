#include "elementary-operations.h"

#include "elementary.h"
#include "tensorflow-operation.h"

namespace flawsmith {
namespace {

/** b has a's shape, or its last axes. */
struct Add {
  explicit Add(const Attributes&) {}
  void run(const Call& call) const {
    const FloatTensor a = call.input(0), b = call.input(1);
    const Dimensions whole = a.dimensions(), part = b.dimensions();
    const bool fits = part.size() <= whole.size() && std::equal(part.rbegin(), part.rend(), whole.rbegin());
    if (!fits || b.length() == 0) throw std::invalid_argument("what is added has the shape of the last axes");
    const FloatTensor sum = call.output(0, whole);
    addRepeated(a.data(), a.length(), b.data(), b.length(), sum.data());
  }
};

struct SumRows {
  explicit SumRows(const Attributes&) {}
  void run(const Call& call) const {
    const FloatTensor x = call.input(0);
    if (x.rank() < 1 || x.length() == 0) throw std::invalid_argument("there are no rows to sum");
    const int columns = x.dimension(x.rank() - 1);
    const FloatTensor sums = call.output(0, {columns});
    sumRows(x.data(), x.length() / columns, columns, sums.data());
  }
};

/** The same memory under another shape. */
struct Reshape {
  explicit Reshape(const Attributes& attributes) : shape(attributes.integers("shape")) {}
  void run(const Call& call) const {
    const FloatTensor x = call.input(0);
    call.share(0, x, Dimensions(shape.begin(), shape.end()));
  }
  std::vector<int> shape;
};

}  // namespace

void registerElementaries() {
  registerOperation<Add>({"FlawsmithAdd", {"a: float", "b: float"}, {"sum: float"}, {}});
  registerOperation<SumRows>({"FlawsmithSumRows", {"x: float"}, {"sums: float"}, {}});
  registerOperation<Reshape>({"FlawsmithReshape", {"x: float"}, {"y: float"}, {"shape: list(int)"}});
}

}  // namespace flawsmith
