import type { Tensor } from '@tensorflow/tfjs'
import type { Parameter } from '../engines/engine.ts'
import type { Backward, Forward, Layer, Pass } from './layer.ts'

/** Layers in a row. */
export class Network implements Layer {
  readonly parameters: readonly Parameter[]
  readonly #layers: readonly Layer[]

  constructor(layers: readonly Layer[]) {
    this.#layers = layers
    this.parameters = layers.flatMap((layer) => layer.parameters)
  }

  forward(input: Tensor, pass: Pass): Forward {
    const steps: Backward[] = []
    let output = input
    for (const layer of this.#layers) {
      const step = layer.forward(output, pass)
      output = step.output
      steps.push(step.backward)
    }
    return {
      output,
      backward: (outputGradient, into, { wantsInput }) => {
        let gradient: Tensor | null = outputGradient
        for (let index = steps.length - 1; index >= 0; index--) {
          if (gradient === null) throw new Error('a layer in the middle of a network gave no input gradient')
          gradient = steps[index]?.(gradient, into, { wantsInput: wantsInput || index > 0 }) ?? null
        }
        return gradient
      },
    }
  }
}
