import { FlawsmithError } from '../../../contract/errors.ts'
import { paintedUpdates, upliftTraining } from '../../../contract/uplift-cells.ts'
import { usualTarget, type UpliftArm, type UpliftResult } from '../../../contract/uplift.ts'
import type { VerdictToFollow } from '../../project/export/draft-export.ts'
import type { Painting } from '../../project/export/pretraining/painting.ts'
import type { Project } from '../../project/open-project.ts'
import { lastUpliftVerdict } from '../../project/storage/uplift.ts'
import { changesInWords } from '../../project/uplift/changes-in-words.ts'
import { readUpliftInput } from './read-uplift-input.ts'
import { changesSince } from './uplift-basis.ts'
import { updatesFor } from './cell-plans.ts'
import type { UpliftInput } from './uplift-input.ts'

/**
 * What an export takes that follows the verdict: nothing that was not measured on the project as it is now.
 * @throws FlawsmithError `verdict_missing`, `verdict_outdated`
 */
export function recommendExport(project: Project): VerdictToFollow {
  const input = readUpliftInput(project)
  const result = lastUpliftVerdict(project.db)
  const changed = result === null ? [] : changesSince(result, { input, size: project.size })
  if (result === null || result.verdict.overall === 'notMeasured')
    throw new FlawsmithError(
      'verdict_missing',
      'Nothing can be recommended: whether synthetic images help here was not measured. Run `flawsmith uplift --quick`, or name a target.',
    )
  if (usualTarget({ result, changed }) !== 'recommended')
    throw new FlawsmithError(
      'verdict_outdated',
      `The verdict of ${result.measuredAt.slice(0, 10)} is outdated. ${changesInWords(changed, 'en')} Measure again with \`flawsmith uplift\`, or export what does not follow it: name a target, without --pretraining.`,
      { measuredAt: result.measuredAt, changed: changed.join(', ') },
    )
  const { recommended } = result.verdict
  const arm = result.arms.find((each) => each.arm === recommended?.arm)
  const source = input.sources.find((each) => each.recipe === recommended?.source && each.gated === recommended.gated)
  const counts = result.classes.map(({ classId }, label) => [classId, arm?.synthetic[label] ?? 0] as const)
  return {
    measuredAt: result.measuredAt,
    mode: result.mode,
    way: recommended,
    counts: new Map(counts),
    painting: recommended?.painted === true && arm !== undefined ? paintingOf(input, { result, arm }) : null,
    pictures: new Set(counts.flatMap(([, count], label) => source?.images[label]?.slice(0, count) ?? [])),
  }
}

/** What the arm painted for its first seed; null where the verdict does not say what that was, or there is nothing to paint on. */
function paintingOf(
  { classes, train }: UpliftInput,
  { result, arm }: { readonly result: UpliftResult; readonly arm: UpliftArm },
): Painting | null {
  const { painting, seeds, updates, edge, measuredAt, mode } = result
  const free = classes.findIndex(({ isFreeOfDefects }) => isFreeOfDefects)
  const [seed] = seeds
  if (painting === undefined || seed === undefined || free < 0) return null
  const first = train.counts.slice(0, free).reduce((sum, count) => sum + count, 0)
  const { batch, highestRate, fineTuningRate } = upliftTraining
  const own = updatesFor({ painted: true }, updates)
  const before = paintedUpdates(own)
  return {
    surfaces: train.images.slice(first, first + (train.counts[free] ?? 0)),
    className: classes[free]?.name ?? '',
    ...{ edge, seed, seeds, ...painting, measuredAt, mode, batch },
    pretraining: { updates: before, highestRate },
    fineTuning: { updates: own - before, highestRate: fineTuningRate },
    ...{ delta: arm.delta, low: arm.low, high: arm.high },
  }
}
