import type { Tensor, Tensor2D } from '@tensorflow/tfjs'
import type { TensorFlow } from '../engines/engine.ts'

export interface Loss {
  /** Scalar, mean over the batch. */
  readonly value: Tensor
  /** With respect to the logits. */
  readonly gradient: Tensor
}

/** Binary cross-entropy of sigmoid(logits) against one target for the whole batch, computed on the logits. */
export function binaryCrossEntropy(
  tf: TensorFlow,
  logits: Tensor,
  target: 0 | 1,
): Loss & { readonly probability: Tensor } {
  return tf.tidy(() => {
    const probability = tf.sigmoid(logits)
    // softplus from pieces: tfjs's kernel loses small values on some engines.
    const signed = target === 1 ? logits.neg() : logits
    const value = tf.relu(signed).add(signed.abs().neg().exp().log1p()).mean()
    return { value, gradient: probability.sub(target).div(logits.size), probability: probability.mean() }
  })
}

/** Cross-entropy of softmax(logits) against one-hot labels [batch, classes]. */
export function categoricalCrossEntropy(tf: TensorFlow, logits: Tensor, oneHot: Tensor2D): Loss {
  return tf.tidy(() => {
    const batch = logits.shape[0]
    const logProbabilities = tf.logSoftmax(logits as Tensor2D)
    return {
      value: logProbabilities.mul(oneHot).sum().neg().div(batch),
      gradient: logProbabilities.exp().sub(oneHot).div(batch),
    }
  })
}
