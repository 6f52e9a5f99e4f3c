import type { Flaw } from './flaw.ts'

/** The class that has no defect. */
export const none: Flaw = () => () => ({ weight: () => 0 })
