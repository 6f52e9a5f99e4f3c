import * as v from 'valibot'
import type { RequestInput } from './service.ts'
import type { RecipeId } from './training.ts'

/** How long to train, in a word; from the shortest to the longest. */
export const RunPreset = v.picklist(['quick', 'normal', 'good', 'overnight'])
export type RunPreset = v.InferOutput<typeof RunPreset>

/** What ends a run that trains. */
export type RunLength = Pick<RequestInput<'runs.start'>, 'steps' | 'minutes' | 'stopOnPlateau'>

/** Until it has stopped getting better, a shift at most. */
const overnight: RunLength = { minutes: 480, stopOnPlateau: true }

const inMinutes: Readonly<Record<RunPreset, RunLength>> = {
  quick: { minutes: 2 },
  normal: { minutes: 10 },
  good: { minutes: 60 },
  overnight,
}

/** Where so many steps were measured to give so much: crgan from its base. Others go by the clock. */
const inSteps: Partial<Readonly<Record<RecipeId, Readonly<Record<RunPreset, RunLength>>>>> = {
  crgan: { quick: { steps: 300 }, normal: { steps: 1000 }, good: { steps: 3000 }, overnight },
}

/** @param recipe one that trains */
export const lengthOf = (recipe: RecipeId, preset: RunPreset): RunLength => (inSteps[recipe] ?? inMinutes)[preset]

/**
 * Minutes of training that a length comes to where a step takes `stepMs`; at most that long where it may end early.
 * @returns null where nothing is known of the steps
 */
export function minutesOf({ steps, minutes }: RunLength, stepMs: number | null): number | null {
  const bySteps = steps === undefined || stepMs === null ? null : (steps * stepMs) / 60_000
  if (minutes === undefined) return bySteps
  return bySteps === null ? minutes : Math.min(minutes, bySteps)
}
