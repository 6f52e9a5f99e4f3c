#include "augmentation.h"

#include <algorithm>
#include <cstddef>

#include "thread-team.h"

namespace flawsmith {
namespace {

/** One image's plan. */
struct Plan {
  explicit Plan(const float* plan)
      : down(static_cast<int>(plan[0])), across(static_cast<int>(plan[1])), upsideDown(plan[2] != 0), mirrored(plan[3] != 0),
        top(static_cast<int>(plan[4])), bottom(static_cast<int>(plan[5])), left(static_cast<int>(plan[6])),
        right(static_cast<int>(plan[7])), contrast(plan[8]), light(plan[9]), saturation(plan[10]) {}

  bool isHole(int y, int x) const { return y >= top && y < bottom && x >= left && x < right; }
  int sourceRow(int y, int height) const { return (upsideDown ? height - 1 - y : y) - down; }
  int sourceColumn(int x, int width) const { return (mirrored ? width - 1 - x : x) - across; }

  int down, across;
  bool upsideDown, mirrored;
  int top, bottom, left, right;
  float contrast, light, saturation;
};

float meanOf(const float* values, int length) {
  double sum = 0;
  for (int i = 0; i < length; i++) sum += values[i];
  return static_cast<float>(sum / length);
}

/** values = (values - grey) · saturation + grey, which is also its own transpose. */
void saturate(float* pixel, int channels, float saturation) {
  float grey = 0;
  for (int c = 0; c < channels; c++) grey += pixel[c];
  grey /= channels;
  for (int c = 0; c < channels; c++) pixel[c] = (pixel[c] - grey) * saturation + grey;
}

}  // namespace

void augment(const ImageShape& shape, const float* images, const float* plans, float* augmented) {
  const auto [batch, height, width, channels] = shape;
  const int length = height * width * channels;
  runTasks(batch, [=](int image) {
    const Plan plan(plans + static_cast<ptrdiff_t>(image) * planLength);
    const float* source = images + static_cast<ptrdiff_t>(image) * length;
    float* target = augmented + static_cast<ptrdiff_t>(image) * length;
    const float mean = meanOf(source, length);
    const float offset = mean + plan.light - mean * plan.contrast;
    for (int y = 0; y < height; y++) {
      const int row = plan.sourceRow(y, height);
      for (int x = 0; x < width; x++) {
        const int column = plan.sourceColumn(x, width);
        float* to = target + (y * width + x) * channels;
        const bool isSeen = row >= 0 && row < height && column >= 0 && column < width && !plan.isHole(y, x);
        const float* from = source + (row * width + column) * channels;
        for (int c = 0; c < channels; c++) to[c] = isSeen ? from[c] * plan.contrast + offset : 0;
        if (isSeen && channels > 1) saturate(to, channels, plan.saturation);
      }
    }
  });
}

void augmentGradient(const ImageShape& shape, const float* gradient, const float* plans, float* atImages) {
  const auto [batch, height, width, channels] = shape;
  const int length = height * width * channels;
  runTasks(batch, [=](int image) {
    const Plan plan(plans + static_cast<ptrdiff_t>(image) * planLength);
    const float* source = gradient + static_cast<ptrdiff_t>(image) * length;
    float* target = atImages + static_cast<ptrdiff_t>(image) * length;
    std::fill_n(target, length, 0.0f);
    for (int y = 0; y < height; y++) {
      const int row = plan.sourceRow(y, height);
      if (row < 0 || row >= height) continue;
      for (int x = 0; x < width; x++) {
        const int column = plan.sourceColumn(x, width);
        if (column < 0 || column >= width || plan.isHole(y, x)) continue;
        float* to = target + (row * width + column) * channels;
        std::copy_n(source + (y * width + x) * channels, channels, to);
        if (channels > 1) saturate(to, channels, plan.saturation);
      }
    }
    const float offset = (1 - plan.contrast) * meanOf(target, length);
    for (int i = 0; i < length; i++) target[i] = target[i] * plan.contrast + offset;
  });
}

}  // namespace flawsmith
