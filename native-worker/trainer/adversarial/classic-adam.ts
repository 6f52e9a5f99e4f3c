import type { AdamOptions } from '../networks/adam.ts'

/** Adam of the DCGAN family: β₁ 0.5 (Radford et al. 2016). */
export const torchAdam: AdamOptions = { beta1: 0.5, beta2: 0.999, epsilon: 1e-7, epsilonJoins: 'corrected' }

/** The same betas with Keras' place for epsilon. */
export const kerasAdam: AdamOptions = { ...torchAdam, epsilonJoins: 'uncorrected' }
