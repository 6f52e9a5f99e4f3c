import * as v from 'valibot'
import { Failure } from './errors.ts'
import { EngineName } from './engines.ts'
import { Sha256 } from './ids.ts'
import { MaskRuns } from './marks.ts'
import { Channels, ImageSize } from './project.ts'
import type { Metric } from './training.ts'
import { FigureName, ScoreName } from './scores.ts'
import { ParameterValues, RecipeId } from './training.ts'
import { UpliftCellResult, UpliftTask } from './uplift-cells.ts'

/*
 * Between the service and a trainer child (plain Node, JSON over its IPC channel). A child gets one task, reports,
 * and exits. Pixels never cross: the child reads and writes files in the folders it is given.
 */

const path = v.pipe(v.string(), v.minLength(1))
const count = v.pipe(v.number(), v.integer(), v.minValue(0))

/** A run learns from this many at most. */
export const mostClasses = 1000

/** Pictures of a kind in one task of scoring. */
export const mostScored = 1_000_000

/** A file on record, and what it was when it was recorded: it is used as that or not at all. */
export const RecordedFile = v.strictObject({ file: path, sha256: Sha256 })
export type RecordedFile = v.InferOutput<typeof RecordedFile>

/** The images a run learns from: `file` holds uint8 [count, size, size, channels], class by class in `classes` order. */
export const TrainingSet = v.strictObject({
  file: path,
  size: ImageSize,
  channels: Channels,
  classes: v.pipe(v.array(v.strictObject({ name: v.string(), images: count })), v.maxLength(mostClasses)),
  /** For recipes that move defects: uint8 [count, size, size] in the order of the images, 1 where a mark lies. */
  marks: v.exactOptional(RecordedFile),
  /** The class whose images show no defect, for the same. */
  freeOfDefects: v.exactOptional(v.string()),
})
export type TrainingSet = v.InferOutput<typeof TrainingSet>

/** A candidate that was drawn and stored. */
export const GeneratedImage = v.pipe(
  v.strictObject({
    seed: count,
    sha256: Sha256,
    /** Where the recipe put a defect, in the whole picture; recipes that do not know have none. */
    mask: v.exactOptional(MaskRuns),
  }),
  v.readonly(),
)
export type GeneratedImage = v.InferOutput<typeof GeneratedImage>

/** What makes a run this run and no other: a checkpoint of any other is of no use to it. */
export const RunIdentity = v.strictObject({
  recipe: RecipeId,
  parameters: ParameterValues,
  seed: count,
  size: ImageSize,
  channels: Channels,
  classNames: v.pipe(v.array(v.pipe(v.string(), v.maxLength(1000))), v.maxLength(mostClasses)),
})
export type RunIdentity = v.InferOutput<typeof RunIdentity>

/** Everything that decides what a run computes; stored with its checkpoints. */
export const RunPlan = v.strictObject({
  ...RunIdentity.entries,
  engine: EngineName,
  /** Ends at this step, and schedules (annealing) are planned for it; null when only minutes are given, or nothing trains. */
  targetSteps: v.nullable(count),
  /** Minutes of training, summed over resumes. */
  targetMinutes: v.nullable(v.number()),
  /** Ends early after eight measurements in a row, and a third of its steps, without a better `kid`. */
  stopOnPlateau: v.exactOptional(v.boolean()),
})
export type RunPlan = v.InferOutput<typeof RunPlan>

/** Pictures to score or to be compared with. `packed` ones lie in `file`, in this order; of the others the features are known. */
const pictures = <Entries extends v.ObjectEntries>(entries: Entries) =>
  v.strictObject({
    /** uint8 [packed pictures, size, size, channels]. */
    file: path,
    pictures: v.pipe(
      v.array(v.strictObject({ sha256: Sha256, label: count, packed: v.boolean(), ...entries })),
      v.maxLength(mostScored),
    ),
  })

export const ScoreTask = v.strictObject({
  kind: v.literal('score'),
  engine: EngineName,
  size: ImageSize,
  channels: Channels,
  classCount: v.pipe(count, v.maxValue(mostClasses)),
  /** Images of a group lie in one fold; a null is a group of its own. */
  train: pictures({ group: v.nullable(count) }),
  val: pictures({}),
  /** Only `isNew` ones are scored; the others count where a run as a whole is judged. */
  candidates: pictures({ run: count, isNew: v.boolean() }),
  /** Features and networks are kept here under their keys. */
  featuresFolder: path,
  /** Of the networks that learn the classes: SHA-256 over everything that decides them. */
  networkKey: Sha256,
  /** What the real images score is known: only candidates are scored. */
  realIsKnown: v.boolean(),
  steps: v.pipe(count, v.minValue(1)),
  /** Whether figures about the runs are wanted as well. */
  figures: v.boolean(),
})
export type ScoreTask = v.InferOutput<typeof ScoreTask>

/** Puts pictures on a plane, alike ones near each other, by features that are kept; each is named once. */
export const MapTask = v.strictObject({
  kind: v.literal('map'),
  /** Where the features are kept. */
  featuresFolder: path,
  real: v.pipe(v.array(Sha256), v.maxLength(mostScored)),
  candidates: v.pipe(v.array(Sha256), v.maxLength(mostScored)),
  /** Written whole: features of length 2, the places. */
  file: path,
})
export type MapTask = v.InferOutput<typeof MapTask>

export const TrainerTask = v.variant('kind', [
  ScoreTask,
  MapTask,
  /** Prove and time an engine: stored gradients first, then timed steps. */
  v.strictObject({ kind: v.literal('probe'), engine: EngineName }),
  v.strictObject({
    kind: v.literal('train'),
    plan: RunPlan,
    set: TrainingSet,
    /** Of the set's file; null where it was not recorded. */
    setSha256: v.nullable(Sha256),
    /** Checkpoints go to `<folder>/checkpoints`, snapshot sheets to `imagesFolder` under their hash. */
    folder: path,
    imagesFolder: path,
    snapshotEverySeconds: v.number(),
    checkpointEverySeconds: v.number(),
    /** A checkpoint file to continue from. */
    resumeFrom: v.nullable(RecordedFile),
    /** A base, or a checkpoint of a finished run of like networks, that a new run starts from; where its parameters say so. */
    startFrom: v.exactOptional(RecordedFile),
    /** Between measurements of how the generator does; at least 30 s and a tenth of the time at most where left out. */
    measureEverySeconds: v.exactOptional(v.number()),
    /** The run ends when less memory than this is left; where left out, 300 MB or 3 % of the machine's, whichever is more. */
    leastFreeBytes: v.exactOptional(v.number()),
  }),
  v.strictObject({
    kind: v.literal('generate'),
    checkpoint: RecordedFile,
    /** Of the run whose checkpoint it should be. */
    run: RunIdentity,
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
  UpliftTask,
])
export type TrainerTask = v.InferOutput<typeof TrainerTask>

/** `stop` ends a run after the current step with a last checkpoint and snapshot. */
export const TrainerSignal = v.strictObject({ kind: v.literal('stop') })
export type TrainerSignal = Readonly<v.InferOutput<typeof TrainerSignal>>

/** JSON has no NaN and no infinities: they arrive as null. */
const measured = v.pipe(
  v.nullable(v.number()),
  v.transform((value) => value ?? Number.NaN),
)
const seconds = v.pipe(v.number(), v.minValue(0))
const name = v.pipe(v.string(), v.minLength(1), v.maxLength(400))
const score = { value: v.number(), nearest: v.nullable(count), namedLabel: v.nullable(count) }
const scored = v.strictObject({
  /** Index in the task's list. */
  index: count,
  scores: v.pipe(v.array(v.strictObject({ name: ScoreName, ...score })), v.maxLength(ScoreName.options.length)),
})
const metric: v.GenericSchema<unknown, Metric> = v.strictObject({ name, className: v.nullable(name), value: measured })
const rollback = { step: count, toStep: count, quantity: v.nullable(name), value: v.nullable(v.number()) }
const list = <Item extends v.GenericSchema>(item: Item, atMost: number) =>
  v.pipe(v.array(item), v.maxLength(atMost), v.readonly())

export const TrainerReport = v.variant('kind', [
  v.strictObject({
    kind: v.literal('probed'),
    version: v.pipe(v.string(), v.maxLength(100)),
    maxError: measured,
    correct: v.boolean(),
    /** Mean of the fastest quarter of the timed steps. */
    stepMs: v.number(),
  }),
  v.strictObject({
    kind: v.literal('started'),
    step: count,
    seconds,
    versions: v.pipe(v.record(name, v.pipe(v.string(), v.maxLength(200))), v.readonly()),
  }),
  /** At most 10 a second; `metrics` are means since the last report. */
  v.strictObject({
    kind: v.literal('progressed'),
    step: count,
    seconds,
    stepsPerSecond: measured,
    metrics: list(metric, 10_000),
  }),
  v.strictObject({
    kind: v.literal('snapshotTaken'),
    step: count,
    sheet: Sha256,
    rows: v.pipe(count, v.maxValue(100_000)),
    columns: v.pipe(count, v.maxValue(1000)),
  }),
  /** Written, synced and renamed before this is sent. The trainer removes none: which ones stay is the service's to say. */
  v.strictObject({
    kind: v.literal('checkpointWritten'),
    step: count,
    seconds,
    file: v.pipe(path, v.maxLength(4096)),
    sha256: Sha256,
    /** The lowest `kid` so far was measured at this step. */
    best: v.boolean(),
  }),
  /** Training left the rails at `step`; it goes on from `toStep`, `seconds` into training, with gentler settings. */
  v.strictObject({
    kind: v.literal('rolledBack'),
    seconds,
    ...rollback,
  }),
  v.strictObject({
    kind: v.literal('generated'),
    images: list(GeneratedImage, 100_000),
  }),
  /** Real images, once all of them have been scored; `fold` null for those of validation. */
  v.strictObject({
    kind: v.literal('realScored'),
    folds: count,
    accuracy: v.nullable(v.number()),
    train: list(v.strictObject({ ...scored.entries, fold: count }), mostScored),
    val: list(scored, mostScored),
  }),
  v.strictObject({ kind: v.literal('candidatesScored'), candidates: list(scored, 10_000) }),
  v.strictObject({
    kind: v.literal('runsCompared'),
    runs: list(
      v.strictObject({
        run: count,
        label: count,
        auc: v.nullable(v.number()),
        floor: v.nullable(v.number()),
        real: count,
        synthetic: count,
      }),
      100_000,
    ),
  }),
  v.strictObject({
    kind: v.literal('figuresMeasured'),
    figures: list(
      v.strictObject({
        run: count,
        label: count,
        name: FigureName,
        value: v.nullable(v.number()),
        floor: v.nullable(v.number()),
        real: count,
        synthetic: count,
        needed: count,
      }),
      100_000,
    ),
  }),
  v.strictObject({
    kind: v.literal('stageProgressed'),
    stage: v.picklist(['learning', 'features', 'comparing']),
    done: count,
    total: count,
  }),
  v.strictObject({
    kind: v.literal('benched'),
    stepMs: list(v.number(), 1_000_000),
    /** Share of all processors that other programs had meanwhile. */
    othersShare: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
    /** Largest resident memory of the child, with the values of a checkpoint; see `classCount` for what else. */
    peakMemoryBytes: count,
    checkpointBytes: count,
  }),
  /** Updates of the cell under way, at most ten times a second. */
  v.strictObject({ kind: v.literal('upliftProgressed'), key: Sha256, updates: count }),
  v.strictObject({ kind: v.literal('upliftMeasured'), ...UpliftCellResult.entries }),
  v.strictObject({
    kind: v.literal('ended'),
    reason: v.picklist(['steps', 'minutes', 'plateau', 'stopped', 'done']),
    step: count,
    seconds,
  }),
  v.strictObject({ kind: v.literal('failed'), failure: Failure }),
])
export type TrainerReport = Readonly<v.InferOutput<typeof TrainerReport>>
