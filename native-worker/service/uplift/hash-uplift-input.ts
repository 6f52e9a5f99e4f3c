import { createHash } from 'node:crypto'
import type { UpliftInput } from './uplift-input.ts'

/** Of everything that is learned from, chosen by and tested on: where it is another one, a verdict is no longer about these images. */
export const hashUpliftInput = ({ absent: _absent, ...input }: UpliftInput): string =>
  createHash('sha256').update(JSON.stringify(input)).digest('hex')
