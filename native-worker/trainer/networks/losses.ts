import type { Tensor, Tensor2D } from '@tensorflow/tfjs'
import type { TensorFlow } from '../engines/engine.ts'

/**
 * Binary cross-entropy of sigmoid(logits) against one target for the whole batch. A logit an image: reading them once and
 * computing here is faster than a dozen operations on so few numbers.
 * @returns means over the batch, and the gradient with respect to the logits, in their shape
 */
export function binaryCrossEntropy(
  tf: TensorFlow,
  logits: Tensor,
  target: 0 | 1,
): { readonly value: number; readonly probability: number; readonly gradient: Tensor } {
  let value = 0
  let probability = 0
  const gradient = Float32Array.from(logits.dataSync<'float32'>(), (logit) => {
    const signed = target === 1 ? -logit : logit
    // softplus, safe from overflow
    value += Math.max(signed, 0) + Math.log1p(Math.exp(-Math.abs(signed)))
    const sigmoid = 1 / (1 + Math.exp(-logit))
    probability += sigmoid
    return (sigmoid - target) / logits.size
  })
  return {
    value: value / logits.size,
    probability: probability / logits.size,
    gradient: tf.tensor(gradient, logits.shape, 'float32'),
  }
}

/** Cross-entropy of softmax(logits) against one-hot labels [batch, classes]: mean over the batch, and the gradient at the logits. */
export function categoricalCrossEntropy(
  tf: TensorFlow,
  logits: Tensor,
  oneHot: Tensor2D,
): { readonly value: Tensor; readonly gradient: Tensor } {
  return tf.tidy(() => {
    const batch = logits.shape[0]
    const logProbabilities = tf.logSoftmax(logits as Tensor2D)
    return {
      value: logProbabilities.mul(oneHot).sum().neg().div(batch),
      gradient: logProbabilities.exp().sub(oneHot).div(batch),
    }
  })
}
