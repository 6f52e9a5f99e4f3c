import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import type { ClassId, Sha256 } from '../../../../contract/ids.ts'
import { RandomStream } from '../../../../native-worker/random/random-stream.ts'
import { followProtocol } from '../../../../native-worker/service/uplift/follow-protocol.ts'
import type { UpliftInput, UpliftSide } from '../../../../native-worker/service/uplift/uplift-input.ts'
import type { UpliftPace } from '../../../../native-worker/service/uplift/uplift-scales.ts'
import type { MeasureCells } from '../../../../native-worker/service/uplift/cell-book.ts'

const pace: UpliftPace = {
  scale: { edge: 8, widths: [1, 1], families: 1, perFamily: 1 },
  ladder: [10, 20],
  choosingSeeds: 1,
  doses: [1],
  sources: 20,
  comparesUngated: true,
  budgetSeconds: Number.POSITIVE_INFINITY,
}

const sha256Of = (text: string): Sha256 => createHash('sha256').update(text).digest('hex') as Sha256
const sideOf = (name: string, counts: readonly number[]): UpliftSide => {
  const images = counts.flatMap((count, label) =>
    Array.from({ length: count }, (_, index) => sha256Of(`${name} ${label} ${index}`)),
  )
  return { images, counts, groups: images.map((_, index) => index) }
}
const recipes = ['acgan', 'crgan', 'patchwork', 'procedural', 'transplant', 'sn-dcgan-128'] as const

const input: UpliftInput = {
  classes: ['good', 'pit'].map((name, label) => ({ classId: (label + 1) as ClassId, name, isFreeOfDefects: false })),
  train: sideOf('train', [400, 20]),
  validation: sideOf('validation', [20, 20]),
  heldOut: [],
  test: sideOf('test', [25, 25]),
  sources: recipes.flatMap((recipe) =>
    [true, false].map((gated) => {
      const name = gated ? recipe : `${recipe}-raw`
      return { name, recipe, gated, images: [[], sideOf(name, [40]).images] }
    }),
  ),
  canPaint: false,
  absent: [],
}

/** A draw in which one way does well. */
const luck = 'luck 277'

/** Luck alone: a training is a little better or worse than another, and nothing that it learned from has anything to do with it. */
const byLuck: MeasureCells = (cells) =>
  Promise.resolve(
    cells.map(({ key, judge }) => {
      const random = RandomStream.fromSeed(Number.parseInt(key.slice(0, 8), 16), luck)
      const right = 0.75 + 0.08 * (random.normals(2)[0] ?? 0)
      const counts = judge === 'test' ? input.test.counts : (input.validation?.counts ?? [])
      const predicted = counts.flatMap((count, label) =>
        Array.from({ length: count }, () => (random.uniform() < right ? label : 1 - label)),
      )
      return { key, predicted, seconds: 1 }
    }),
  )

const measure = (
  options: { readonly arms?: readonly string[]; readonly comparedBefore?: readonly string[] } = {},
): ReturnType<typeof followProtocol> =>
  followProtocol(input, {
    wish: { mode: 'quick', ...(options.arms === undefined ? {} : { arms: [...options.arms] }) },
    ...{ pace, engine: 'wasm', measure: byLuck },
    ...(options.comparedBefore === undefined ? {} : { comparedBefore: options.comparedBefore }),
  })

test('the luckiest of many ways would pass for one that helps, and does not', { timeout: 120_000 }, async () => {
  const together = await measure()
  expect(together.ways).toBe(12)
  expect(together.arms).toHaveLength(12)
  expect(together.verdict).toMatchObject({ overall: 'noEvidence', recommended: null })
  expect(together.arms.map(({ finding }) => finding)).not.toContain('helps')

  const luckiest = together.arms.toSorted((a, b) => b.low - a.low)[0]
  if (luckiest === undefined) throw new Error('nothing was measured')
  const alone = await measure({ arms: [luckiest.arm] })
  expect(alone.ways).toBe(1)
  expect(alone.arms[0]).toMatchObject({ delta: luckiest.delta, finding: 'helps' })
  expect(alone.arms[0]?.low).toBeGreaterThan(luckiest.low)
})

test('asked for one at a time, ways count like those asked for together', { timeout: 120_000 }, async () => {
  const names = input.sources.map(({ name }) => name)
  const together = await measure()
  const luckiest = together.arms.toSorted((a, b) => b.low - a.low)[0]
  const last = await measure({ arms: [luckiest?.arm ?? ''], comparedBefore: names })
  expect(last.ways).toBe(12)
  expect(last.arms[0]).toEqual(luckiest)
})
