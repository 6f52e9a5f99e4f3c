import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import type { ClassId, Sha256 } from '../../../../contract/ids.ts'
import { RandomStream } from '../../../../native-worker/random/random-stream.ts'
import { followProtocol } from '../../../../native-worker/service/uplift/follow-protocol.ts'
import { verdictCaveats } from '../../../../native-worker/project/uplift/verdict-caveats.ts'
import type { UpliftInput, UpliftSide } from '../../../../native-worker/service/uplift/uplift-input.ts'
import type { UpliftPace } from '../../../../native-worker/service/uplift/uplift-scales.ts'
import type { MeasureCells } from '../../../../native-worker/service/uplift/cell-book.ts'

const pace: UpliftPace = {
  scale: { edge: 8, widths: [1, 1], families: 1, perFamily: 1 },
  ladder: [10, 20],
  ladderSeeds: 1,
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

const standsOut = 3
const gain = 0.2

/**
 * Every training is right about three images in four, by chance; one way is right more often on the test images: as much as the best of
 * twelve may be by luck. On the images that ways are chosen by it is better, too, or worse.
 */
const measuredWith =
  ({ isBetterWhereChosen }: { readonly isBetterWhereChosen: boolean }): MeasureCells =>
  (cells) =>
    Promise.resolve(
      cells.map(({ key, judge, source }) => {
        const random = RandomStream.fromSeed(Number.parseInt(key.slice(0, 8), 16), 'right or wrong')
        const onChoice = isBetterWhereChosen ? 0.25 : -0.3
        const right = 0.75 + (source === standsOut ? (judge === 'test' ? gain : onChoice) : 0)
        const counts = judge === 'test' ? input.test.counts : (input.validation?.counts ?? [])
        const predicted = counts.flatMap((count, label) =>
          Array.from({ length: count }, () => (random.uniform() < right ? label : 1 - label)),
        )
        return { key, predicted, seconds: 1 }
      }),
    )

const measure = ({
  arms,
  isBetterWhereChosen = false,
  ...before
}: {
  readonly arms?: readonly string[]
  readonly isBetterWhereChosen?: boolean
  readonly comparedBefore?: readonly string[]
  readonly foremostBefore?: string | null | undefined
} = {}): ReturnType<typeof followProtocol> =>
  followProtocol(input, {
    wish: { mode: 'quick', ...(arms === undefined ? {} : { arms: [...arms] }) },
    ...{ pace, engine: 'wasm', measure: measuredWith({ isBetterWhereChosen }) },
    ...before,
  })

const names = input.sources.map(({ name }) => name)
const name = names[standsOut] ?? ''

test(
  'the best of twelve ways would pass for one that helps if it were alone, and does not',
  { timeout: 120_000 },
  async () => {
    const together = await measure()
    expect(together.ways).toBe(12)
    expect(together.arms).toHaveLength(12)
    expect(together.foremost).not.toBe(name)
    expect(together.verdict).toMatchObject({ overall: 'noEvidence', recommended: null })
    expect(together.arms.map(({ finding }) => finding)).not.toContain('helps')

    const best = together.arms.toSorted((a, b) => b.low - a.low)[0]
    expect(best?.arm).toBe(name)
    const alone = await measure({ arms: [name] })
    expect(alone.ways).toBe(1)
    expect(alone.arms[0]).toMatchObject({ delta: best?.delta, finding: 'helps' })
    expect(alone.arms[0]?.low).toBeGreaterThan(best?.low ?? 0)
  },
)

test(
  'a way that was put foremost before a test image was seen keeps half of the error',
  { timeout: 120_000 },
  async () => {
    const together = await measure({ isBetterWhereChosen: true })
    expect(together).toMatchObject({ ways: 12, foremost: name })
    expect(together.verdict).toMatchObject({ overall: 'helps', recommended: { arm: name } })
  },
)

test('asked for one at a time, ways count like those asked for together', { timeout: 120_000 }, async () => {
  const together = await measure()
  const last = await measure({ arms: [name], comparedBefore: names, foremostBefore: together.foremost })
  expect(last.ways).toBe(12)
  expect(last.arms[0]).toEqual(together.arms[standsOut])
})

test(
  'what a later comparison puts foremost gets no half: the test images have been seen',
  { timeout: 120_000 },
  async () => {
    const later = await measure({ isBetterWhereChosen: true, comparedBefore: names, foremostBefore: null })
    expect(later).toMatchObject({ ways: 12, foremost: null })
    expect(later.verdict.overall).toBe('noEvidence')
  },
)

test.each([
  { from: 'from the start', chosen: null },
  { from: 'where a measurement goes on', chosen: { updates: 10, atPlateau: true } },
])('as many updates are announced as are made, $from', { timeout: 120_000 }, async ({ chosen }) => {
  let [announced, made] = [0, 0]
  const answer = measuredWith({ isBetterWhereChosen: false })
  await followProtocol(
    { ...input, canPaint: true },
    {
      ...{
        wish: { mode: 'quick', arms: ['transplant', 'painted', 'painted+transplant'] },
        pace,
        engine: 'wasm',
        chosen,
      },
      measure: (cells) => {
        made += cells.reduce((sum, { updates }) => sum + updates, 0)
        return answer(cells)
      },
      onChosen: (_, updates) => {
        announced = made + updates
      },
    },
  )
  expect(made).toBeGreaterThan(0)
  // A dose that takes the same samples as another is not measured twice.
  expect(made).toBeLessThanOrEqual(announced)
})

test(
  'what only the longer reference beats is no harm, and its difference at the same updates is told',
  { timeout: 120_000 },
  async () => {
    const answer = measuredWith({ isBetterWhereChosen: false })
    const perfect = (judge: 'validation' | 'test'): number[] =>
      (judge === 'test' ? input.test.counts : (input.validation?.counts ?? [])).flatMap((count, label) =>
        Array.from({ length: count }, () => label),
      )
    const result = await followProtocol(input, {
      ...{ wish: { mode: 'quick', arms: ['acgan'] }, pace, engine: 'wasm', chosen: { updates: 10, atPlateau: false } },
      measure: async (cells) => {
        const answers = await answer(cells)
        return answers.map((each, index) => {
          const cell = cells[index]
          return cell?.source === null && cell.updates > 10 ? { ...each, predicted: perfect(cell.judge) } : each
        })
      },
    })
    const [arm] = result.arms
    expect(arm?.high).toBeLessThan(0)
    expect(arm?.finding).toBe('noEvidence')
    expect(Math.abs(arm?.atSameUpdates?.delta ?? 100)).toBeLessThan(10)
    const [same, indication] = verdictCaveats(result, 'en')
    expect(same).toMatch(/^Against the reference that had as many updates the difference is [−+]/)
    expect(indication).toMatch(/indication only/)
  },
)
