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
  readonly #slots: readonly { readonly parameter: Parameter; readonly first: Parameter; readonly second: Parameter }[]

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
      .map((parameter) => ({ parameter, first: moment(parameter, 'first'), second: moment(parameter, 'second') }))
    this.moments = this.#slots.flatMap(({ first, second }) => [first, second])
  }

  apply(gradients: Gradients, { rate, beta2 = this.#options.beta2 }: { rate: number; beta2?: number }): void {
    const { beta1, epsilon, epsilonJoins } = this.#options
    this.step++
    const secondCorrection = Math.sqrt(1 - beta2 ** this.step)
    const corrected = (rate * secondCorrection) / (1 - beta1 ** this.step)
    const added = epsilonJoins === 'corrected' ? epsilon * secondCorrection : epsilon
    for (const { parameter, first, second } of this.#slots) {
      this.#engine.arithmetic.adam({
        parameter,
        gradient: gradients.of(parameter),
        firstMoment: first,
        secondMoment: second,
        rate: corrected,
        beta1,
        beta2,
        epsilon: added,
      })
    }
  }
}
