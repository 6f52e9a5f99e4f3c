import type { Tensor } from '@tensorflow/tfjs'
import type { TensorFlow } from '../engines/engine.ts'

/** A forward pass whose way back stays open, so that others can learn from its output first. */
export interface HeldPass<Output extends Tensor> {
  /** The values: other gradient tapes do not see where they came from. */
  readonly output: Output
  /** The gradients at the watched tensors from the one at the output. To be called once: it frees what the pass has kept. */
  backward(outputGradient: Tensor): readonly Tensor[]
}

/** What tfjs's engine has of it; its public functions go forward and back in one call only. */
interface TapeEngine {
  startTape(): void
  endTape(): void
  readonly state: { activeTape: unknown }
  gradients(
    forward: () => Tensor,
    watched: readonly Tensor[],
    outputGradient: Tensor,
  ): { readonly grads: readonly Tensor[] }
}

/** Not inside another gradient: the tape would belong to that one. */
export function holdPass<Output extends Tensor>(
  tf: TensorFlow,
  watched: readonly Tensor[],
  forward: () => Output,
): HeldPass<Output> {
  const engine = tf.engine() as unknown as TapeEngine
  engine.startTape()
  let output: Output
  try {
    output = forward()
  } finally {
    engine.endTape()
  }
  const tape = engine.state.activeTape
  return {
    output,
    backward: (outputGradient) =>
      engine.gradients(
        () => {
          engine.state.activeTape = tape
          return output
        },
        watched,
        outputGradient,
      ).grads,
  }
}
