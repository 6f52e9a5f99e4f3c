#pragma once

namespace flawsmith {

/** Maps [batch, height, width, channels]; framed ones are two higher and wider. */
struct FrameShape {
  int batch, height, width, channels;
  /** The border repeats the pixels beside it; of zeros where false. */
  bool repeats;
};

/**
 * framed = a border of one pixel around x, each value of which is multiplied by the slope where its gate is not positive; no gate,
 * no slope. With x as its own gate that is leaky ReLU.
 */
void frame(const FrameShape& shape, const float* x, const float* gate, float slope, float* framed);

/** The way back, which is frame's transpose: what reached the border reaches those that it repeats. */
void unframe(const FrameShape& shape, const float* framed, const float* gate, float slope, float* x);

}  // namespace flawsmith
