import { FlawsmithError, type ErrorDetails } from '../../contract/errors.ts'

/** A run that has left the rails. @param quantity what is out of bounds, e.g. `dLoss` or the name of a weight */
export const divergence = (step: number, { quantity, value }: { quantity: string; value: number }): FlawsmithError =>
  new FlawsmithError(
    'training_diverged',
    `Training left the rails at step ${step}: ${quantity} is ${value}. Start a run with a lower learning rate, or continue this one from an older checkpoint.`,
    { step, quantity, value: String(value) },
  )

/** E.g. `dLoss is NaN`. @param details of a `training_diverged` */
export const divergenceReason = ({ quantity, value }: ErrorDetails): string => `${quantity ?? ''} is ${value ?? ''}`
