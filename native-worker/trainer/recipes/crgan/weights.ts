import type { Tensor } from '@tensorflow/tfjs'

/** Weights by name, as tensors a gradient tape can watch. */
export type Weights = (name: string) => Tensor
