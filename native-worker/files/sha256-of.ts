import { createHash } from 'node:crypto'
import type { Sha256 } from '../../contract/ids.ts'

export const sha256Of = (content: Uint8Array | string): Sha256 =>
  createHash('sha256').update(content).digest('hex') as Sha256
