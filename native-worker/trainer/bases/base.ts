import type { NamedTensor } from '../safetensors.ts'

/** The bases that come with Flawsmith. */
export const baseNames = ['surfaces-grey', 'surfaces-colour'] as const
export type BaseName = (typeof baseNames)[number]

/** Of the metadata of its file. */
export const baseFormat = { format: 'flawsmith-base', version: '1' } as const

export const baseFileName = (name: BaseName): string => `${name}.safetensors`

export type BaseTensor = NamedTensor

/**
 * What a pair of networks has learned, for others to start from. Tensors are called `generator/…` (its average) and
 * `discriminator/…`; of the class vectors only their mean and deviation are there, `…/classes/mean` and `…/classes/deviation`.
 */
export interface Base {
  readonly size: number
  readonly tensors: ReadonlyMap<string, BaseTensor>
  /** SHA-256 of its file. */
  readonly sha256: string
}
