#include "augmentation-operations.h"

#include "augmentation.h"
#include "tensorflow-operation.h"

namespace flawsmith {
namespace {

/** Both take images (or their gradient) and plans, and give something of the images' shape. */
template <void (*compute)(const ImageShape&, const float*, const float*, float*)>
struct OnImages {
  explicit OnImages(const Attributes&) {}
  void run(const Call& call) const {
    const FloatTensor images = call.input(0), plans = call.input(1);
    if (images.rank() != 4) throw std::invalid_argument("images have rank 4");
    if (plans.length() != int64_t{images.dimension(0)} * planLength) throw std::invalid_argument("each image needs a plan");
    const ImageShape shape{images.dimension(0), images.dimension(1), images.dimension(2), images.dimension(3)};
    const FloatTensor result = call.output(0, images.dimensions());
    compute(shape, images.data(), plans.data(), result.data());
  }
};

}  // namespace

void registerAugmentations() {
  registerOperation<OnImages<augment>>({"FlawsmithAugment", {"images: float", "plans: float"}, {"augmented: float"}, {}});
  registerOperation<OnImages<augmentGradient>>(
      {"FlawsmithAugmentGradient", {"gradient: float", "plans: float"}, {"images: float"}, {}});
}

}  // namespace flawsmith
