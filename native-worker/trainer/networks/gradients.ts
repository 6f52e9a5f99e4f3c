import type { Tensor } from '@tensorflow/tfjs'
import type { Parameter } from '../engines/engine.ts'

/** Gradients by parameter; several backward passes add up. */
export class Gradients {
  readonly #byParameter = new Map<Parameter, Tensor>()

  add(parameter: Parameter, gradient: Tensor): void {
    const before = this.#byParameter.get(parameter)
    if (before === undefined) {
      this.#byParameter.set(parameter, gradient)
      return
    }
    this.#byParameter.set(parameter, before.add(gradient))
    before.dispose()
    gradient.dispose()
  }

  of(parameter: Parameter): Tensor {
    const gradient = this.#byParameter.get(parameter)
    if (gradient === undefined) throw new Error(`no gradient reached ${parameter.name}`)
    return gradient
  }
}
