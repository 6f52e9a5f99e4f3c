import { FlawsmithError } from '../../../contract/errors.ts'

/** A run that has left the rails. @param reason e.g. `dLoss is NaN` */
export const divergence = (step: number, reason: string): FlawsmithError =>
  new FlawsmithError(
    'training_diverged',
    `Training left the rails at step ${step}: ${reason}. Start a run with a lower learning rate, or continue this one from an older checkpoint.`,
    { step, reason },
  )
