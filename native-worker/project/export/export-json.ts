import * as v from 'valibot'
import type { ChainHead, ExportPlan } from '../../../contract/export.ts'
import { UpliftRecommendation } from '../../../contract/uplift.ts'
import type { ProjectSummary } from '../../../contract/project.ts'
import type { SplitState } from '../../../contract/splits.ts'
import { RunOrigin } from '../../../contract/run-origin.ts'
import type { ExportWish } from './draft-export.ts'
import type { ExportedRun } from './runs-in-export.ts'

export const exportJsonName = 'export.json'

const Sha256Text = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))

/** What an export says about itself: for programs, and to hold the project's record against later. */
export const ExportJson = v.object({
  format: v.literal('flawsmith-export/1'),
  createdAt: v.pipe(v.string(), v.isoTimestamp()),
  project: v.object({ name: v.string(), size: v.number(), channels: v.number() }),
  layout: v.string(),
  /** Absent in exports of older versions, whose pictures all have the project's size. */
  pictures: v.exactOptional(v.string()),
  plan: v.object({
    /** What was asked for, and the images per class it came to. */
    wish: v.union([v.literal('max'), v.literal('none'), v.literal('recommended'), v.number()]),
    target: v.number(),
    files: v.number(),
    sizeBytes: v.number(),
    /** Pictures of the pretraining set. Absent in exports of older versions. */
    pretraining: v.exactOptional(v.number()),
  }),
  /** The verdict that was followed; null where somebody chose otherwise. Absent in exports of older versions. */
  followed: v.exactOptional(
    v.nullable(
      v.object({
        measuredAt: v.string(),
        mode: v.string(),
        way: v.nullable(UpliftRecommendation),
        asMeasured: v.number(),
      }),
    ),
  ),
  /** How the project divides its images; `lockedAt` is null where that still may change. */
  split: v.object({
    shares: v.object({ val: v.number(), test: v.number() }),
    seed: v.number(),
    lockedAt: v.nullable(v.string()),
  }),
  classes: v.array(
    v.object({
      name: v.string(),
      folder: v.string(),
      real: v.number(),
      synthetic: v.number(),
      missing: v.number(),
      /** Absent in exports of older versions. */
      absentFrom: v.exactOptional(v.array(v.string())),
      otherSize: v.exactOptional(v.number()),
      splits: v.object({ train: v.number(), val: v.number(), test: v.number() }),
    }),
  ),
  /** That drew the synthetic images, with the run that each started from, of this or another project. Absent in exports of older versions. */
  runs: v.exactOptional(v.array(v.object({ run: v.number(), recipe: v.string(), origin: v.nullable(RunOrigin) }))),
  changedNames: v.array(v.object({ name: v.string(), folder: v.string() })),
  /** The end of the project's record when the export was drawn up. */
  record: v.object({ length: v.number(), hash: Sha256Text, recordedAt: v.nullable(v.string()) }),
  manifestSha256: Sha256Text,
})
export type ExportJson = v.InferOutput<typeof ExportJson>

interface Content {
  readonly createdAt: string
  readonly project: Pick<ProjectSummary, 'name' | 'size' | 'channels'>
  readonly wish: ExportWish
  readonly split: SplitState
  readonly plan: ExportPlan
  readonly runs: readonly ExportedRun[]
  readonly record: ChainHead
  readonly manifestSha256: string
}

export function exportJson({ createdAt, project, wish, split, plan, runs, record, manifestSha256 }: Content): string {
  const { layout, target, files, sizeBytes } = plan
  const document: ExportJson = {
    format: 'flawsmith-export/1',
    createdAt,
    project: { name: project.name, size: project.size, channels: project.channels },
    layout,
    pictures: plan.pictures,
    plan: { wish: wish.target, target, files, sizeBytes, pretraining: plan.pretraining },
    followed: plan.followed,
    split: { shares: split.shares, seed: split.seed, lockedAt: split.lockedAt },
    classes: plan.classes.map(({ name, folder, real, synthetic, missing, absentFrom, otherSize, splits }) => ({
      ...{ name, folder, real, synthetic, missing, otherSize, splits },
      absentFrom: [...absentFrom],
    })),
    runs: [...runs],
    changedNames: changedNames(plan),
    record,
    manifestSha256,
  }
  return `${JSON.stringify(document, null, 2)}\n`
}

/** Classes whose folder is not called as they are. */
export const changedNames = ({ classes }: ExportPlan): { name: string; folder: string }[] =>
  classes.filter(({ name, folder }) => name !== folder).map(({ name, folder }) => ({ name, folder }))
