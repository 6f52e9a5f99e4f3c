import * as v from 'valibot'
import type { EngineName, EngineSpeed } from './engines.ts'
import type { FailureCause } from './errors.ts'
import type { ClassId, RunId, Sha256 } from './ids.ts'
import type { JobKind } from './jobs.ts'
import type { RunOrigin } from './run-origin.ts'
import type { WaitReason } from './schedule.ts'

export const RecipeId = v.picklist([
  'crgan',
  'crgan-sn',
  'dcgan-96',
  'acgan',
  'mlp-gan',
  'cgan-concat',
  'dcgan-28-upsampling',
  'sn-dcgan-128',
  'procedural',
  'transplant',
  'patchwork',
])
export type RecipeId = v.InferOutput<typeof RecipeId>

/** Values of a recipe's own parameters by name; anything not named takes its default. */
export const ParameterValues = v.record(
  v.pipe(v.string(), v.regex(/^[a-zA-Z0-9]{1,40}$/)),
  v.union([v.number(), v.boolean(), v.pipe(v.string(), v.maxLength(100))]),
)
export type ParameterValues = v.InferOutput<typeof ParameterValues>

/** A text in every interface language. */
export interface LocalizedText {
  readonly en: string
  readonly zh: string
}

interface ParameterBase {
  readonly name: string
  readonly label: LocalizedText
  readonly help: LocalizedText
}
export type RecipeParameter =
  | (ParameterBase & {
      readonly kind: 'number'
      readonly default: number
      readonly min: number
      readonly max: number
      readonly integer: boolean
    })
  | (ParameterBase & {
      readonly kind: 'boolean'
      readonly default: boolean
      /** A question about the parts, which their engineer answers; not a setting of the network. */
      readonly aboutParts?: true
    })
  | (ParameterBase & { readonly kind: 'choice'; readonly default: string; readonly choices: readonly string[] })

export interface RecipeDescription {
  readonly id: RecipeId
  readonly title: LocalizedText
  readonly summary: LocalizedText
  /** `one-class` learns one class a run; `all-classes` learns every class in one conditional network. */
  readonly scope: 'one-class' | 'all-classes'
  /** False for recipes that compose samples from real images without learning. */
  readonly trains: boolean
  /** What else than the images a recipe that composes needs: marks, and a class free of defects. Absent where nothing. */
  readonly composesFrom?: 'marks'
  /** Edges of the square images it learns, in pixels, ascending. */
  readonly sizes: readonly number[]
  readonly channels: readonly (1 | 3)[]
  readonly parameters: readonly RecipeParameter[]
  /** Named sets of parameter values. */
  readonly presets: Readonly<Record<string, ParameterValues>>
  /** At the sizes asked for; null where the recipe refuses that size. */
  readonly parameterCounts: { readonly generator: number; readonly discriminator: number } | null
}

export type RunStatus = 'queued' | 'running' | 'finished' | 'stopped' | 'interrupted' | 'failed'

/** Why a run ended. */
export type RunEnd = 'steps' | 'minutes' | 'plateau' | 'stopped' | 'diverged' | 'died' | 'failed'

/** With fewer real images of a class its coverage and its distance would say nothing: they are not measured. */
export const fewestImagesToCompare = 10

/** What a figure of a run is of. */
export interface MetricName {
  /** The recipe's own word, such as `dLoss`, or what a run measures of its samples, such as `coverage`. */
  readonly name: string
  /** The class it was measured for, as in `RunDetails.classNames`; null for the run as a whole. */
  readonly className: string | null
}

/** One quantity of a run, measured at one step. */
export interface Metric extends MetricName {
  readonly value: number
}

/** A run has left the rails at `step` and went on from the checkpoint at `toStep`, 0 for its start, with gentler settings. */
export interface Rollback {
  readonly step: number
  readonly toStep: number
  /** What was out of bounds, a metric or a weight by its name; null where a version before this one recorded it. */
  readonly quantity: string | null
  /** Null where it was no longer a finite number, or was not recorded. */
  readonly value: number | null
}

export interface RunSummary {
  readonly id: RunId
  readonly recipe: RecipeId
  /** Null where the recipe learns all classes. */
  readonly classId: ClassId | null
  readonly className: string | null
  readonly status: RunStatus
  /** What of the schedule it waits for while it is queued, or for what it is about to pause while it runs; else null. */
  readonly waitsFor: WaitReason | null
  readonly engine: EngineName
  /** Pixels an edge of what it learned from and draws: the project's size when it was started. */
  readonly size: number
  readonly seed: number
  readonly step: number
  readonly targetSteps: number | null
  readonly targetMinutes: number | null
  /** Seconds of training, without the time between an interruption and a resume. */
  readonly seconds: number
  readonly stepsPerSecond: number | null
  /** As last measured: means since the report before. */
  readonly lastMetrics: readonly Metric[]
  readonly createdAt: string
  readonly endedAt: string | null
  readonly end: RunEnd | null
  /** False while the disk takes no record of how it ended: only this service knows, and it keeps trying. */
  readonly isEndRecorded: boolean
  /** `all` for runs of versions before splits were fixed: they have seen the images for validation and test, too. */
  readonly learnedFrom: 'train' | 'all'
  /** Step of the newest checkpoint: samples can be generated as soon as there is one. */
  readonly checkpointStep: number | null
  /** English, for the command line and the log. */
  readonly message: string | null
  /** Why it ended badly; null while it goes on, where it ended well, and for runs of versions that did not record it. */
  readonly failure: FailureCause | null
  /** The engineer has written something about it (`RunDetails.note`). */
  readonly hasNote: boolean
}

/** A moment of a run from which it can continue or generate. */
export interface CheckpointSummary {
  readonly step: number
  /** Of training up to here, summed over resumes; null for checkpoints of versions that did not record it. */
  readonly seconds: number | null
  readonly createdAt: string
  /** Kept for good; the others are cleared as newer ones come. */
  readonly pinned: boolean
  /** The lowest kernel distance to the real images was measured here; kept until a lower one comes. */
  readonly best: boolean
}

export interface RunDetails extends RunSummary {
  /** Free text of the engineer. */
  readonly note: string
  readonly parameters: ParameterValues
  readonly versions: Readonly<Record<string, string>>
  readonly datasetSize: number
  readonly classNames: readonly string[]
  /** Classes of the project now that it can draw: those it learned, without the one whose images it would only copy. */
  readonly drawable: readonly ClassId[]
  /** Images it learned from that were excluded since. */
  readonly excludedSince: number
  /** In order. */
  readonly rollbacks: readonly Rollback[]
  /** The run of another project that it started from; null for every other start. */
  readonly origin: RunOrigin | null
}

/** The course of one metric; null where it was not measured. */
export interface MetricCurve extends MetricName {
  readonly values: readonly (number | null)[]
}

/** Sampled metrics of a run; at most 2,000 points, evenly thinned. `values[i]` of every curve belongs to `steps[i]`. */
export interface MetricSeries {
  readonly steps: readonly number[]
  readonly curves: readonly MetricCurve[]
}

/** Some real images of a class that a run learned from, evenly over all of them. */
export interface RealImages {
  /** As in `RunDetails.classNames`. */
  readonly className: string
  readonly images: readonly Sha256[]
}

/** A sheet of samples drawn from the run's fixed latents: one row per class. */
export interface Snapshot {
  readonly step: number
  readonly sheet: Sha256
  readonly rows: number
  readonly columns: number
}

export interface RunProgress {
  readonly runId: RunId
  readonly step: number
  readonly metrics: readonly Metric[]
  readonly stepsPerSecond: number
  readonly secondsLeft: number | null
  readonly seconds: number
}

/** What training steps of a recipe took and held in a process of their own on this machine. */
export interface StepMeasurement {
  readonly engine: EngineName
  /** Median of the timed steps. */
  readonly stepMs: number
  readonly timedSteps: number
  /** Other programs computed meanwhile: on a quiet machine steps are faster. */
  readonly wasBusy: boolean
  /** Largest resident memory of the process, with the images the run learns from. */
  readonly peakMemoryBytes: number
  /** Of one checkpoint file, without its header. */
  readonly checkpointBytes: number
  readonly measuredAt: string
}

/** What a measured step comes to over a whole run, on this machine as it is now. */
export interface RunForecast extends StepMeasurement {
  /** The same steps on every engine they were measured on, the fastest first. */
  readonly engines: readonly EngineSpeed[]
  /** Where the run ends, by the limit it reaches first. */
  readonly steps: number
  /** On the run's own clock, as `RunSummary.seconds`: pictures, measurements and checkpoints come on top. */
  readonly seconds: number
  readonly memory: {
    /** Null where the system does not tell. */
    readonly freeBytes: number | null
    /** A run ends when less than this is left. */
    readonly leastFreeBytes: number
    readonly fits: boolean
  }
}

export type RunEstimate =
  | ({ readonly kind: 'measured' } & RunForecast)
  /** The recipe composes without training: there is no step to time. */
  | { readonly kind: 'untrained'; readonly engine: EngineName }
  /** Something else computes now, so a measurement would be wrong and slow it down. `last` is known from before. */
  | {
      readonly kind: 'busy'
      readonly engine: EngineName
      readonly busyWith: { readonly run: RunId } | { readonly job: JobKind }
      readonly last: RunForecast | null
    }
  /** Not one step was over in this time. */
  | { readonly kind: 'slow'; readonly engine: EngineName; readonly seconds: number }
