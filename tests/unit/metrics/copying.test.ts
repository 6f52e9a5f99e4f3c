import { describe, expect, test } from 'vitest'
import { measureAuthenticity } from '../../../native-worker/metrics/authenticity.ts'
import { measureDataCopying } from '../../../native-worker/metrics/data-copying.ts'
import { drawFolds } from '../../../native-worker/metrics/draw-folds.ts'
import type { FeatureMatrix } from '../../../native-worker/metrics/feature-matrix.ts'
import { tellApart } from '../../../native-worker/metrics/telling-apart.ts'
import { RandomStream } from '../../../native-worker/random/random-stream.ts'
import { drawNormalFeatures } from './normal-features.ts'

const columns = 8
const draw = (seed: number, rows: number, mean = 0): FeatureMatrix =>
  drawNormalFeatures(seed, { rows, columns, shift: mean })
const train = draw(1, 200)
const groups = Array.from({ length: 200 }, (_, at) => at)
const copies = (noise: number): FeatureMatrix => {
  const random = RandomStream.fromSeed(9, 'copies')
  return { ...train, values: train.values.map((value) => value + noise * (random.normals(1)[0] ?? 0)) }
}
const random = () => RandomStream.fromSeed(3, 'copying')

describe('copies of train images', () => {
  test('have a data-copying Z far below −3; new images of the same kind about 0', () => {
    const heldOut = draw(2, 100)
    const z = (images: FeatureMatrix): number => {
      const found = measureDataCopying({ train, heldOut, images }, { random: random() })
      return found.kind === 'measured' ? found.z : Number.NaN
    }
    expect(z(copies(0.05))).toBeLessThan(-3)
    expect(Math.abs(z(draw(5, 200)))).toBeLessThan(2.5)
  })

  test('are not authentic; new images are about as often as held-out ones', () => {
    const share = (images: FeatureMatrix): number => {
      const found = measureAuthenticity(train, images, { groups })
      return found.kind === 'measured' ? found.share : Number.NaN
    }
    expect(share(copies(0.05))).toBeLessThan(0.05)
    expect(Math.abs(share(draw(5, 200)) - share(draw(2, 200)))).toBeLessThan(0.15)
  })
})

test('sets that differ are told apart, equal ones are not, and the floor says what chance gives', () => {
  const apart = tellApart(train, draw(4, 150, 1), { groups, random: random() })
  const equal = tellApart(train, draw(5, 150), { groups, random: random() })
  if (apart.kind !== 'measured' || equal.kind !== 'measured') throw new Error('not measured')
  expect(apart.auc).toBeGreaterThan(0.9)
  expect(equal.auc).toBeLessThan(0.65)
  expect(equal.auc).toBeLessThan((equal.floor ?? 0) + 0.1)
  expect(tellApart(train, draw(5, 12), { groups, random: random() })).toEqual({
    kind: 'notMeaningful',
    images: 12,
    needed: 30,
  })
})

test('folds hold whole groups, and as many of each class as its groups allow', () => {
  const images = Array.from({ length: 90 }, (_, at) => ({
    label: at < 60 ? 0 : 1,
    group: at % 4 === 0 ? null : Math.floor(at / 3),
  }))
  const folds = drawFolds(images, { folds: 3, random: random() })
  const ofGroup = new Map<number, Set<number | undefined>>()
  images.forEach(({ group }, at) => {
    if (group !== null) ofGroup.set(group, (ofGroup.get(group) ?? new Set()).add(folds[at]))
  })
  expect([...ofGroup.values()].every((each) => each.size === 1)).toBe(true)
  for (const label of [0, 1])
    for (const fold of [0, 1, 2]) {
      const count = images.filter((image, at) => image.label === label && folds[at] === fold).length
      expect(count / images.filter((image) => image.label === label).length).toBeGreaterThan(0.25)
    }
})
