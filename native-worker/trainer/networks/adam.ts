import type { AdamSlot } from '../engines/arithmetic.ts'
import type { Engine, Parameter } from '../engines/engine.ts'
import type { Gradients } from './gradients.ts'

export interface AdamOptions {
  readonly beta1: number
  readonly beta2: number
  readonly epsilon: number
  /**
   * Where epsilon joins: PyTorch adds it to √v̂ (after bias correction), TensorFlow and Keras to √v (before; "epsilon hat"
   * in the paper's section 2).
   */
  readonly epsilonJoins: 'corrected' | 'uncorrected'
}

/** Adam (Kingma & Ba 2015) over a fixed list of parameters. */
export class Adam {
  /** Everything a checkpoint must hold, besides the step. */
  readonly moments: readonly Parameter[]
  /** Updates so far. */
  step = 0
  readonly #engine: Engine
  readonly #options: AdamOptions
  readonly #slots: readonly Omit<AdamSlot, 'gradient'>[]

  constructor(engine: Engine, parameters: readonly Parameter[], options: AdamOptions) {
    this.#engine = engine
    this.#options = options
    const moment = (parameter: Parameter, order: string): Parameter =>
      engine.createParameter(
        { name: `adam/${order}/${parameter.name}`, shape: parameter.shape, trainable: false },
        new Float32Array(parameter.shape.reduce((product, length) => product * length, 1)),
      )
    this.#slots = parameters
      .filter(({ trainable }) => trainable)
      .map((parameter) => ({
        parameter,
        firstMoment: moment(parameter, 'first'),
        secondMoment: moment(parameter, 'second'),
      }))
    this.moments = this.#slots.flatMap(({ firstMoment, secondMoment }) => [firstMoment, secondMoment])
  }

  apply(gradients: Gradients, { rate, beta2 = this.#options.beta2 }: { rate: number; beta2?: number }): void {
    const { beta1, epsilon, epsilonJoins } = this.#options
    this.step++
    const secondCorrection = Math.sqrt(1 - beta2 ** this.step)
    const corrected = (rate * secondCorrection) / (1 - beta1 ** this.step)
    const added = epsilonJoins === 'corrected' ? epsilon * secondCorrection : epsilon
    this.#engine.arithmetic.adam(
      this.#slots.map((slot) => ({ ...slot, gradient: gradients.of(slot.parameter) })),
      { rate: corrected, beta1, beta2, epsilon: added },
    )
  }
}
