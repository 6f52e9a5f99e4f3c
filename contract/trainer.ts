import * as v from 'valibot'
import type { Failure } from './errors.ts'
import { EngineName } from './engines.ts'
import type { Sha256 } from './ids.ts'
import { Channels, ImageSize } from './project.ts'
import { ParameterValues, RecipeId } from './training.ts'

/*
 * Between the service and a trainer child (plain Node, JSON over its IPC channel). A child gets one task, reports,
 * and exits. Pixels never cross: the child reads and writes files in the folders it is given.
 */

const path = v.pipe(v.string(), v.minLength(1))
const count = v.pipe(v.number(), v.integer(), v.minValue(0))

/** The images a run learns from: `file` holds uint8 [count, size, size, channels], class by class in `classes` order. */
export const TrainingSet = v.strictObject({
  file: path,
  size: ImageSize,
  channels: Channels,
  classes: v.array(v.strictObject({ name: v.string(), images: count })),
})
export type TrainingSet = v.InferOutput<typeof TrainingSet>

/** Everything that decides what a run computes; stored with its checkpoints. */
export const RunPlan = v.strictObject({
  recipe: RecipeId,
  parameters: ParameterValues,
  seed: count,
  engine: EngineName,
  size: ImageSize,
  channels: Channels,
  classNames: v.array(v.string()),
  /** Ends at this step, and schedules (annealing) are planned for it; null when only minutes are given. */
  targetSteps: v.nullable(count),
  /** Minutes of training, summed over resumes. */
  targetMinutes: v.nullable(v.number()),
  /** Ends early after eight measurements in a row without a better `kid`. */
  stopOnPlateau: v.exactOptional(v.boolean()),
})
export type RunPlan = v.InferOutput<typeof RunPlan>

export const TrainerTask = v.variant('kind', [
  /** Prove and time an engine: stored gradients first, then timed steps. */
  v.strictObject({ kind: v.literal('probe'), engine: EngineName }),
  v.strictObject({
    kind: v.literal('train'),
    plan: RunPlan,
    set: TrainingSet,
    /** Checkpoints go to `<folder>/checkpoints`, snapshot sheets to `imagesFolder` under their hash. */
    folder: path,
    imagesFolder: path,
    snapshotEverySeconds: v.number(),
    checkpointEverySeconds: v.number(),
    /** A checkpoint file to continue from. */
    resumeFrom: v.nullable(path),
    /** Between measurements of how the generator does; at least 30 s and a tenth of the time at most where left out. */
    measureEverySeconds: v.exactOptional(v.number()),
    /** The run ends when less memory than this is left; where left out, 300 MB or 3 % of the machine's, whichever is more. */
    leastFreeBytes: v.exactOptional(v.number()),
  }),
  v.strictObject({
    kind: v.literal('generate'),
    checkpoint: path,
    engine: EngineName,
    classIndex: count,
    /** One latent a seed: seed, seed + 1, … */
    seed: count,
    count,
    imagesFolder: path,
    /** The hash of every new image is appended here, a line each, before its file is written; where left out, nowhere. */
    listFile: v.exactOptional(path),
  }),
  v.strictObject({
    kind: v.literal('bench'),
    recipe: RecipeId,
    parameters: ParameterValues,
    engine: EngineName,
    batch: v.pipe(count, v.minValue(1)),
    steps: v.pipe(count, v.minValue(1)),
    /** Those the recipe was published for where null. */
    size: v.nullable(ImageSize),
    channels: v.nullable(Channels),
    /** Classes there are, for what a run with them holds: it draws sheets and measures itself, too. Four, without that, where left out. */
    classCount: v.exactOptional(v.pipe(count, v.minValue(1))),
    /** Ends early after this time, warm-up included, with the steps timed until then; one at least. */
    atMostSeconds: v.exactOptional(v.pipe(v.number(), v.minValue(0))),
  }),
])
export type TrainerTask = v.InferOutput<typeof TrainerTask>

/** `stop` ends a run after the current step with a last checkpoint and snapshot. */
export interface TrainerSignal {
  readonly kind: 'stop'
}

export type TrainerReport =
  | {
      readonly kind: 'probed'
      readonly version: string
      readonly maxError: number
      readonly correct: boolean
      /** Mean of the fastest quarter of the timed steps. */
      readonly stepMs: number
    }
  | {
      readonly kind: 'started'
      readonly step: number
      readonly seconds: number
      readonly versions: Readonly<Record<string, string>>
    }
  /** At most 10 a second; `metrics` are means since the last report. */
  | {
      readonly kind: 'progressed'
      readonly step: number
      readonly seconds: number
      readonly stepsPerSecond: number
      readonly metrics: Readonly<Record<string, number>>
    }
  | {
      readonly kind: 'snapshotTaken'
      readonly step: number
      readonly sheet: Sha256
      readonly rows: number
      readonly columns: number
    }
  /** Written, synced and renamed before this is sent. The trainer removes none: which ones stay is the service's to say. */
  | {
      readonly kind: 'checkpointWritten'
      readonly step: number
      readonly seconds: number
      readonly file: string
      readonly sha256: Sha256
      /** The lowest `kid` so far was measured at this step. */
      readonly best: boolean
    }
  /** Training left the rails at `step`; it goes on from `toStep`, `seconds` into training, with gentler settings. */
  | {
      readonly kind: 'rolledBack'
      readonly step: number
      readonly toStep: number
      readonly seconds: number
      readonly reason: string
    }
  | { readonly kind: 'generated'; readonly images: readonly { readonly seed: number; readonly sha256: Sha256 }[] }
  | {
      readonly kind: 'benched'
      readonly stepMs: readonly number[]
      /** Largest resident memory of the child, with the values of a checkpoint; see `classCount` for what else. */
      readonly peakMemoryBytes: number
      readonly checkpointBytes: number
    }
  | {
      readonly kind: 'ended'
      readonly reason: 'steps' | 'minutes' | 'plateau' | 'stopped' | 'done'
      readonly step: number
      readonly seconds: number
    }
  | { readonly kind: 'failed'; readonly failure: Failure }
