import type { UpliftScale } from '../../../contract/uplift-cells.ts'
import type { UpliftMode } from '../../../contract/uplift.ts'

export interface UpliftPace {
  readonly scale: UpliftScale
  /** Updates tried one after the other, each `longer` times the one before, until more make the reference no better. */
  readonly ladder: readonly number[]
  /** Seeds that choose updates and doses. */
  readonly choosingSeeds: number
  readonly doses: readonly number[]
  /** Recipes that are measured, those with the most samples first. */
  readonly sources: number
  /** Whether what did not go through the gate is measured beside what did. */
  readonly comparesUngated: boolean
  /** All of it, in seconds: updates are cut where the machine is too slow. */
  readonly budgetSeconds: number
}

export const paces: Readonly<Record<UpliftMode, UpliftPace>> = {
  quick: {
    scale: { edge: 48, widths: [12, 24, 32], families: 20, perFamily: 4 },
    ladder: [150, 375, 940],
    choosingSeeds: 1,
    doses: [0.5, 1],
    sources: 1,
    comparesUngated: false,
    budgetSeconds: 270,
  },
  full: {
    scale: { edge: 64, widths: [12, 24, 32, 48], families: 60, perFamily: 10 },
    ladder: [200, 500, 1250, 3125],
    choosingSeeds: 2,
    doses: [0.25, 0.5, 1, 1.5, 2],
    sources: 20,
    comparesUngated: true,
    budgetSeconds: 2500,
  },
}
