#include "modulation.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "hyperbolic-tangent.h"
#include "thread-team.h"

namespace flawsmith {
namespace {

/** Sums run over so many pixels, then over the runs: short sums lose little. */
constexpr int runLength = 64;

}  // namespace

void modulate(const ModulationShape& shape, const float* x, const Modulation& by, float* y) {
  const auto [batch, pixels, channels] = shape;
  runTasks(batch, [=](int image) {
    const float* scale = by.film + static_cast<ptrdiff_t>(image) * 2 * channels;
    const float* strength = by.strength + static_cast<ptrdiff_t>(image) * channels;
    std::vector<float> gain(channels), offset(channels);
    for (int c = 0; c < channels; c++) {
      gain[c] = 1 + scale[c];
      offset[c] = by.bias[c] * gain[c] + scale[channels + c];
    }
    const float *gains = gain.data(), *offsets = offset.data();
    for (int pixel = 0; pixel < pixels; pixel++) {
      const ptrdiff_t at = (static_cast<ptrdiff_t>(image) * pixels + pixel) * channels;
      const float noise = by.noise[static_cast<ptrdiff_t>(image) * pixels + pixel];
      const float* from = x + at;
      float* __restrict__ to = y + at;
      for (int c = 0; c < channels; c++) to[c] = from[c] * gains[c] + (offsets[c] + strength[c] * noise);
    }
  });
}

void modulateGradient(const ModulationShape& shape, const float* dy, const float* x, const Modulation& by,
                      const ModulationGradients& gradients) {
  const auto [batch, pixels, channels] = shape;
  runTasks(batch, [=](int image) {
    const float* scale = by.film + static_cast<ptrdiff_t>(image) * 2 * channels;
    std::vector<float> sums(7 * channels, 0.0f);
    float *whole = sums.data(), *part = whole + 3 * channels, *gain = whole + 6 * channels;
    for (int c = 0; c < channels; c++) gain[c] = 1 + scale[c];
    for (int first = 0; first < pixels; first += runLength) {
      std::fill_n(part, 3 * channels, 0.0f);
      float *__restrict__ ofGradients = part, *__restrict__ ofProducts = part + channels, *__restrict__ ofNoise = part + 2 * channels;
      for (int pixel = first; pixel < std::min(pixels, first + runLength); pixel++) {
        const ptrdiff_t place = static_cast<ptrdiff_t>(image) * pixels + pixel;
        const float noise = by.noise[place];
        const float *gradient = dy + place * channels, *value = x + place * channels;
        float* __restrict__ to = gradients.x + place * channels;
        for (int c = 0; c < channels; c++) {
          to[c] = gradient[c] * gain[c];
          ofGradients[c] += gradient[c];
          ofProducts[c] += gradient[c] * value[c];
          ofNoise[c] += gradient[c] * noise;
        }
      }
      for (int i = 0; i < 3 * channels; i++) whole[i] += part[i];
    }
    float* film = gradients.film + static_cast<ptrdiff_t>(image) * 2 * channels;
    for (int c = 0; c < channels; c++) {
      film[c] = whole[channels + c] + by.bias[c] * whole[c];
      film[channels + c] = whole[c];
      gradients.strength[static_cast<ptrdiff_t>(image) * channels + c] = whole[2 * channels + c];
    }
  });
  for (int c = 0; c < channels; c++) {
    double sum = 0;
    for (int image = 0; image < batch; image++) {
      const float* scale = by.film + static_cast<ptrdiff_t>(image) * 2 * channels;
      sum += (1 + scale[c]) * gradients.film[(static_cast<ptrdiff_t>(image) * 2 + 1) * channels + c];
    }
    gradients.bias[c] = static_cast<float>(sum);
  }
}

void paint(const ModulationShape& shape, const float* x, const float* bias, const float* grain, float* y) {
  const auto [batch, pixels, channels] = shape;
  const int colours = channels - 1;
  runTasks(batch, [=](int image) {
    for (int pixel = 0; pixel < pixels; pixel++) {
      const ptrdiff_t place = static_cast<ptrdiff_t>(image) * pixels + pixel;
      const float* from = x + place * channels;
      const float grains = (from[colours] + bias[colours]) * grain[place];
      for (int c = 0; c < colours; c++) y[place * colours + c] = from[c] + bias[c] + grains;
    }
    float* painted = y + static_cast<ptrdiff_t>(image) * pixels * colours;
    for (int i = 0; i < pixels * colours; i++) painted[i] = hyperbolicTangent(painted[i]);
  });
}

void paintGradient(const ModulationShape& shape, const float* dy, const float* y, const float* grain, float* dx, float* dbias) {
  const auto [batch, pixels, channels] = shape;
  const int colours = channels - 1;
  std::vector<double> all(static_cast<size_t>(batch) * channels, 0.0);
  double* sumsOfAll = all.data();
  runTasks(batch, [=](int image) {
    double* sums = sumsOfAll + static_cast<ptrdiff_t>(image) * channels;
    for (int pixel = 0; pixel < pixels; pixel++) {
      const ptrdiff_t place = static_cast<ptrdiff_t>(image) * pixels + pixel;
      float* to = dx + place * channels;
      float total = 0;
      for (int c = 0; c < colours; c++) {
        const float value = y[place * colours + c];
        to[c] = dy[place * colours + c] * (1 - value * value);
        total += to[c];
        sums[c] += to[c];
      }
      to[colours] = total * grain[place];
      sums[colours] += to[colours];
    }
  });
  for (int c = 0; c < channels; c++) {
    double sum = 0;
    for (int image = 0; image < batch; image++) sum += all[static_cast<size_t>(image) * channels + c];
    dbias[c] = static_cast<float>(sum);
  }
}

}  // namespace flawsmith
