import { CellMaker } from './cell-plans.ts'
import { planArms } from './plan-arms.ts'
import type { UpliftInput } from './uplift-input.ts'
import type { ProtocolOptions } from './follow-protocol.ts'

/** The input with no more samples than its arms and doses take: of ten thousand candidates few are needed. Nothing else changes. */
export function neededSamples(
  input: UpliftInput,
  { wish, pace, engine }: Pick<ProtocolOptions, 'wish' | 'pace' | 'engine'>,
): UpliftInput {
  const doses = wish.doses ?? pace.doses
  const maker = new CellMaker(input, { scale: pace.scale, engine })
  const used = new Set(planArms(input, { wish, pace, maker, doses }).arms.map(({ source }) => source))
  return {
    ...input,
    sources: input.sources.map((source, index) => {
      const counts = used.has(index) ? maker.syntheticAt(index, Math.max(...doses)) : []
      return { ...source, images: source.images.map((images, label) => images.slice(0, counts[label] ?? 0)) }
    }),
  }
}
