#include "frame.h"

#include <algorithm>
#include <cstddef>

#include "thread-team.h"

namespace flawsmith {
namespace {

inline float slopeAt(float gate, float slope) { return gate > 0 ? 1.0f : slope; }

void add(const float* from, int length, float* to) {
  for (int i = 0; i < length; i++) to[i] += from[i];
}

}  // namespace

void frame(const FrameShape& shape, const float* x, const float* gate, float slope, float* framed) {
  const auto [batch, height, width, channels, repeats] = shape;
  const int line = width * channels, framedLine = line + 2 * channels;
  runTasks(batch, [=](int image) {
    const ptrdiff_t start = static_cast<ptrdiff_t>(image) * height * line;
    float* target = framed + static_cast<ptrdiff_t>(image) * (height + 2) * framedLine;
    for (int y = 0; y < height; y++) {
      const float* from = x + start + static_cast<ptrdiff_t>(y) * line;
      float* row = target + static_cast<ptrdiff_t>(y + 1) * framedLine;
      float* __restrict__ to = row + channels;
      if (gate == nullptr) {
        std::copy_n(from, line, to);
      } else {
        const float* gates = gate + start + static_cast<ptrdiff_t>(y) * line;
        for (int i = 0; i < line; i++) to[i] = from[i] * slopeAt(gates[i], slope);
      }
      for (int c = 0; c < channels; c++) row[c] = repeats ? to[c] : 0;
      for (int c = 0; c < channels; c++) to[line + c] = repeats ? to[line - channels + c] : 0;
    }
    float* last = target + static_cast<ptrdiff_t>(height + 1) * framedLine;
    if (repeats) {
      std::copy_n(target + framedLine, framedLine, target);
      std::copy_n(last - framedLine, framedLine, last);
    } else {
      std::fill_n(target, framedLine, 0.0f);
      std::fill_n(last, framedLine, 0.0f);
    }
  });
}

void unframe(const FrameShape& shape, const float* framed, const float* gate, float slope, float* x) {
  const auto [batch, height, width, channels, repeats] = shape;
  const int line = width * channels, framedLine = line + 2 * channels;
  runTasks(batch, [=](int image) {
    const ptrdiff_t start = static_cast<ptrdiff_t>(image) * height * line;
    const float* source = framed + static_cast<ptrdiff_t>(image) * (height + 2) * framedLine;
    for (int y = 0; y < height; y++) {
      float* __restrict__ to = x + start + static_cast<ptrdiff_t>(y) * line;
      const auto addRow = [=](int row) {
        const float* from = source + static_cast<ptrdiff_t>(row) * framedLine;
        add(from + channels, line, to);
        add(from, channels, to);
        add(from + channels + line, channels, to + line - channels);
      };
      if (repeats) {
        std::fill_n(to, line, 0.0f);
        addRow(y + 1);
        if (y == 0) addRow(0);
        if (y == height - 1) addRow(height + 1);
      } else {
        std::copy_n(source + static_cast<ptrdiff_t>(y + 1) * framedLine + channels, line, to);
      }
      if (gate != nullptr) {
        const float* gates = gate + start + static_cast<ptrdiff_t>(y) * line;
        for (int i = 0; i < line; i++) to[i] *= slopeAt(gates[i], slope);
      }
    }
  });
}

}  // namespace flawsmith
