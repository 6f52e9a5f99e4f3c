import type { Sha256 } from './ids.ts'

/** Where a stored picture lies in the images folder, with `/` between names. */
export const imagePath = (sha256: Sha256): string => `${sha256.slice(0, 2)}/${sha256}.png`
