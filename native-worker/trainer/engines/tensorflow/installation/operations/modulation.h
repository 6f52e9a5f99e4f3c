#pragma once

namespace flawsmith {

/** Maps [batch, pixels, channels]. */
struct ModulationShape {
  int batch, pixels, channels;
};

/** What a block does to the map of its convolution; film holds the scales, then the shifts: [batch, 2 · channels]. */
struct Modulation {
  const float *bias, *film, *strength, *noise;
};

/** y = (x + bias) · (1 + scale) + shift + strength · noise; bias [channels], strength [batch, channels], noise [batch, pixels]. */
void modulate(const ModulationShape& shape, const float* x, const Modulation& by, float* y);

/** Each in the shape of what it is the gradient of. */
struct ModulationGradients {
  float *x, *bias, *film, *strength;
};

void modulateGradient(const ModulationShape& shape, const float* dy, const float* x, const Modulation& by,
                      const ModulationGradients& gradients);

/** y = tanh of the first channels of x + bias, with the last as the strength of the grain; grain [batch, pixels]. */
void paint(const ModulationShape& shape, const float* x, const float* bias, const float* grain, float* y);

/** The shape is x's. */
void paintGradient(const ModulationShape& shape, const float* dy, const float* y, const float* grain, float* dx, float* dbias);

}  // namespace flawsmith
