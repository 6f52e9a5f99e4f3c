import { expect, test } from 'vitest'
import { correctedInterval } from '../../../../native-worker/metrics/uplift/corrected-interval.ts'
import { groupBootstrap } from '../../../../native-worker/metrics/uplift/group-bootstrap.ts'
import { drawsFor, errorOfEach, errorOfWay } from '../../../../native-worker/metrics/uplift/simultaneous.ts'
import { RandomStream } from '../../../../native-worker/random/random-stream.ts'

const ways = 10
const repeats = 5

/** How often at least one of ten ways that are no better than the reference seems to be. */
function falseGains(error: number): number {
  const random = RandomStream.fromSeed(1, 'ways')
  const experiments = 2000
  let found = 0
  for (let experiment = 0; experiment < experiments; experiment++) {
    const reference = random.normals(repeats)
    const gains = Array.from({ length: ways }, () => {
      const differences = [...random.normals(repeats)].map((value, index) => value - (reference[index] ?? 0))
      return correctedInterval(differences, { tested: 0, trained: 1, error }).low > 0
    })
    if (gains.includes(true)) found += 1
  }
  return found / experiments
}

test('of ten ways without an effect one seems to help in one case of eight, and at the level for ten in one of forty', () => {
  expect(falseGains(errorOfEach(1))).toBeGreaterThan(0.1)
  expect(falseGains(errorOfEach(ways))).toBeLessThan(0.025)
})

test('what was put foremost has half of the error, all together no more than without it', () => {
  const of = (isForemost: boolean, count: number, hasForemost = true): number =>
    errorOfWay({ isForemost }, { ways: count, hasForemost })
  expect(of(true, 5)).toBe(0.025)
  expect(of(true, 5) + 4 * of(false, 5)).toBeCloseTo(0.05, 12)
  expect(of(true, 1)).toBe(0.05)
  expect(of(false, 5, false)).toBe(0.01)
  // One that was measured before and is left out now keeps its half.
  expect(of(false, 2)).toBe(0.025)
})

test('one way is judged at 95 %', () => {
  expect(errorOfEach(1)).toBe(0.05)
  expect(errorOfEach(4)).toBe(0.0125)
  expect(drawsFor(errorOfEach(1))).toBe(2000)
  // Ten draws beyond each end.
  expect((drawsFor(errorOfEach(20)) * errorOfEach(20)) / 2).toBe(10)
})

test('the t at the level for four ways, by hand', () => {
  // Mean 3, variance 2.5; the tables give t(0.99375, 4) = 4.3147.
  const { low, high } = correctedInterval([1, 2, 3, 4, 5], { tested: 0, trained: 1, error: errorOfEach(4) })
  expect((high - low) / 2).toBeCloseTo(4.3147 * Math.sqrt(2.5 / 5), 3)
})

test('the bootstrap widens, too', () => {
  const random = RandomStream.fromSeed(2, 'predictions')
  const truth = Array.from({ length: 40 }, (_, image) => image % 2)
  const predict = (): number[] => truth.map((label) => (random.uniform() < 0.8 ? label : 1 - label))
  const predictions = {
    ...{ truth, groups: truth.map((_, image) => image) },
    ...{ reference: [predict(), predict(), predict()], arm: [predict(), predict(), predict()] },
  }
  const intervalFor = (count: number): { readonly low: number; readonly high: number } =>
    groupBootstrap(predictions, {
      ...{ classCount: 2, random: RandomStream.fromSeed(3, 'draws') },
      ...{ draws: drawsFor(errorOfEach(10)), error: errorOfEach(count) },
    }).macroF1
  expect(intervalFor(10).low).toBeLessThan(intervalFor(1).low)
  expect(intervalFor(10).high).toBeGreaterThan(intervalFor(1).high)
})
