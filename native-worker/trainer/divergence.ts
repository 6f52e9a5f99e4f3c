import { FlawsmithError } from '../../contract/errors.ts'

/** A run that has left the rails. */
export class Divergence extends FlawsmithError {
  readonly step: number
  /** What is out of bounds, e.g. `dLoss` or the name of a weight. */
  readonly quantity: string
  readonly value: number

  constructor(step: number, { quantity, value }: { readonly quantity: string; readonly value: number }) {
    super(
      'training_diverged',
      `Training left the rails at step ${step}: ${quantity} is ${value}. Start a run with a lower learning rate, or continue this one from an older checkpoint.`,
      { step, quantity, value: String(value) },
    )
    this.step = step
    this.quantity = quantity
    this.value = value
  }
}
