import type { LayoutChoice, LayoutProposal, LayoutRemark, ProposedClass } from '../../../../contract/layouts.ts'
import type { Split, SplitCounts } from '../../../../contract/splits.ts'
import type { LayoutPlan, PlannedFile } from './layout-plan.ts'
import { byName } from './natural-order.ts'

const examplesOfAClass = 6
const looseNamed = 200
const ignoredNamed = 200

/** What a person is shown of a plan. */
export function describePlan(
  plan: LayoutPlan,
  {
    certainty,
    remarks,
    ...choice
  }: LayoutChoice & {
    readonly certainty: LayoutProposal['certainty']
    readonly remarks: readonly LayoutRemark[]
  },
): LayoutProposal {
  const images = plan.files.filter(({ isImage }) => isImage)
  const byClass = new Map<string, PlannedFile[]>(plan.emptyClasses.map((name) => [name, []]))
  for (const file of images) {
    const files = byClass.get(file.className)
    if (files === undefined) byClass.set(file.className, [file])
    else files.push(file)
  }
  return {
    ...choice,
    certainty,
    classes: [...byClass].map(describeClass).sort((a, b) => byName(a.name, b.name)),
    images: images.length,
    splits: images.some(({ split }) => split !== null) ? countSplits(images) : null,
    masks: plan.masks.size,
    looseImages: plan.loose.length,
    loose: plan.loose.slice(0, looseNamed),
    ignored: plan.ignored.slice(0, ignoredNamed),
    remarks: [...remarks, ...plan.remarks],
  }
}

const describeClass = ([name, files]: readonly [string, readonly PlannedFile[]]): ProposedClass => ({
  name,
  images: files.length,
  splits: countSplits(files),
  examples: spread(files, examplesOfAClass).map(({ path }) => path),
})

function countSplits(files: readonly PlannedFile[]): SplitCounts {
  const count = (split: Split): number => files.filter((file) => file.split === split).length
  return { train: count('train'), val: count('val'), test: count('test') }
}

/** So many of them, from the first to the last. */
function spread<Item>(items: readonly Item[], count: number): Item[] {
  if (items.length <= count) return [...items]
  return Array.from({ length: count }, (_, at) => items[Math.floor((at * (items.length - 1)) / (count - 1))]).filter(
    (item) => item !== undefined,
  )
}
