import type { UpliftScale } from '../../../contract/uplift-cells.ts'
import { upliftMinutes, type UpliftMode, type UpliftWish } from '../../../contract/uplift.ts'

export interface UpliftPace {
  readonly scale: UpliftScale
  /** Updates tried one after the other, each `longer` times the one before, until more make the reference no better. */
  readonly ladder: readonly number[]
  /** Seeds that look for the reference's plateau: of few validation images one or two alone have called 200 updates enough. */
  readonly ladderSeeds: number
  /** Seeds that choose doses. */
  readonly choosingSeeds: number
  readonly doses: readonly number[]
  /** Recipes that are measured, those with the most samples first. */
  readonly sources: number
  /** Whether what did not go through the gate is measured beside what did. */
  readonly comparesUngated: boolean
  /** The trainings, in seconds: updates are cut where the machine is too slow. What is left of the minutes reads, packs and compares. */
  readonly budgetSeconds: number
}

const shareOfTrainings = 0.92
const modes: Readonly<Record<UpliftMode, Omit<UpliftPace, 'budgetSeconds'>>> = {
  quick: {
    scale: { edge: 48, widths: [12, 24, 32], families: 20, perFamily: 4 },
    ladder: [250, 625, 1560],
    ladderSeeds: 2,
    choosingSeeds: 1,
    doses: [0.5, 1],
    sources: 1,
    comparesUngated: false,
  },
  full: {
    scale: { edge: 64, widths: [12, 24, 32, 48], families: 60, perFamily: 10 },
    ladder: [500, 1250, 3125],
    ladderSeeds: 3,
    choosingSeeds: 2,
    doses: [0.5, 1, 2, 4],
    sources: 20,
    comparesUngated: true,
  },
}

/** In how small steps a measurement goes, and in what time. */
export const paceOf = ({ mode, minutes = upliftMinutes[mode] }: Pick<UpliftWish, 'mode' | 'minutes'>): UpliftPace => ({
  ...modes[mode],
  budgetSeconds: shareOfTrainings * 60 * minutes,
})
