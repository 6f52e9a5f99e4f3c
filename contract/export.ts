import * as v from 'valibot'
import type { ClassId } from './ids.ts'
import type { Split, SplitCounts } from './splits.ts'
import type { UpliftMode, UpliftRecommendation } from './uplift.ts'

/** How an export is laid out; each has a row in `native-worker/project/export/layouts/all-layouts.ts`. */
export const ExportLayout = v.picklist(['imagefolder'])
export type ExportLayout = v.InferOutput<typeof ExportLayout>

/** How large real images leave the project: as its pictures, or as the files they were imported from. Synthetic ones have its size. */
export const ExportPictures = v.picklist(['project', 'original'])
export type ExportPictures = v.InferOutput<typeof ExportPictures>

/**
 * Images a class learns from after the export, in its train split: as many as the largest class, or a number; `none` takes no synthetic
 * image; `recommended` the samples, and as many of them, as were measured to be best on the project as it is.
 */
export const ExportTarget = v.union([
  v.literal('max'),
  v.literal('none'),
  v.literal('recommended'),
  v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000)),
])
export type ExportTarget = v.InferOutput<typeof ExportTarget>

export interface ExportPlanClass {
  readonly classId: ClassId
  readonly name: string
  /** Where its pictures go: the name, or what had to become of it so that every file system takes it. */
  readonly folder: string
  readonly real: number
  readonly accepted: number
  readonly target: number
  /** Accepted samples of runs that learned at another size than the project has now: they are not among `accepted`. */
  readonly otherSize: number
  /** Accepted samples that will be written. */
  readonly synthetic: number
  /** What its train split still lacks to reach the target. */
  readonly missing: number
  /** What is written to each, synthetic images included. */
  readonly splits: SplitCounts
  /** Splits in which other classes have images and this one has none: it cannot be chosen by, judged by, or learned. */
  readonly absentFrom: readonly Split[]
}

/** The verdict that an export follows. */
export interface FollowedVerdict {
  readonly measuredAt: string
  readonly mode: UpliftMode
  /** Null where the verdict is that nothing synthetic helps, and balancing by sampling and augmentation is best. */
  readonly way: UpliftRecommendation | null
  /** Of the synthetic images of the export, those that the verdict was measured with. */
  readonly asMeasured: number
}

export interface ExportPlan {
  readonly layout: ExportLayout
  readonly pictures: ExportPictures
  /** The largest of its classes'. */
  readonly target: number
  /** Pictures of the pretraining set; 0 where it is not asked for. */
  readonly pretraining: number
  /** Null where somebody chose otherwise, or nothing was measured. */
  readonly followed: FollowedVerdict | null
  readonly classes: readonly ExportPlanClass[]
  readonly files: number
  /** About as many, where images are made from their originals for it. */
  readonly sizeBytes: number
  /** Images that are left out since no split holds them yet: they have to be compared with the others first. */
  readonly undivided: number
}

export interface ExportResult {
  readonly out: string
  readonly classes: Readonly<Record<string, { readonly real: number; readonly synthetic: number }>>
  readonly files: number
  /** Classes whose folder is not called as they are. */
  readonly changedNames: readonly ChangedName[]
  /** Classes without an image in some of the splits, and which these are. */
  readonly absent: readonly AbsentClass[]
  /** Classes that did not reach the target. */
  readonly missing: readonly MissedTarget[]
  /** Accepted samples that were left out since they have another size than the project. */
  readonly otherSize: number
  /** Images that were left out since no split holds them yet. */
  readonly undivided: number
  readonly followed: FollowedVerdict | null
  /** Pictures of the pretraining set, in a folder of their own; 0 where there is none. */
  readonly pretraining: number
  /** Folders of exports that were never finished, or are being written on another machine: only a person can tell. */
  readonly unfinishedBeside: readonly string[]
}

export interface AbsentClass {
  readonly name: string
  readonly splits: readonly Split[]
}

export interface MissedTarget {
  readonly name: string
  /** What its train split holds, synthetic images included. */
  readonly trains: number
  readonly target: number
  readonly missing: number
}

export interface ChangedName {
  readonly name: string
  readonly folder: string
}

/** An export that has been written. */
export interface ExportOutcome extends ExportResult {
  /** False where the project's own disk took no record of it: full, or read-only. */
  readonly isRecorded: boolean
}

export interface ExportRecord extends Pick<ExportResult, 'out' | 'classes' | 'files'> {
  readonly createdAt: string
}

/** The end of a project's record, which names everything before it. */
export interface ChainHead {
  /** Entries up to here. */
  readonly length: number
  /** SHA-256 of the last entry, in hexadecimal; zeros where there is none. */
  readonly hash: string
  /** When the last entry was written; null where there is none, or only what was found of an older version. */
  readonly recordedAt: string | null
}

/** An end of the record that was kept outside the project, with as much of its hash as somebody wrote down. */
export const KeptHead = v.strictObject({
  length: v.pipe(v.number(), v.integer(), v.minValue(0)),
  hash: v.pipe(v.string(), v.regex(/^[0-9a-f]{16,64}$/)),
})
export type KeptHead = Readonly<v.InferOutput<typeof KeptHead>>

export interface VerifyProblem {
  readonly kind:
    | 'missing_file'
    | 'changed_file'
    | 'unrecorded_file'
    | 'broken_decision_chain'
    | 'broken_record'
    | 'changed_schema'
    | 'rewritten_record'
    | 'database'
  readonly path: string
  readonly detail: string
}

export interface VerifyReport {
  readonly kind: 'project' | 'export'
  readonly folder: string
  readonly filesChecked: number
  /** Of the project, or the one that an export carries; null for an export that carries none. */
  readonly head: ChainHead | null
  readonly problems: readonly VerifyProblem[]
  /** Files outside the project that are no longer what they were: nothing of the project is lost, but it cannot be made again from them. */
  readonly warnings: readonly VerifyProblem[]
}
