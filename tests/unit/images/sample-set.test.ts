import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { drawSample } from '../../../native-worker/images/sample-set/draw-sample-set.ts'

const classes = ['good', 'scratch', 'pit', 'stain']
const draw = (name: string, index: number, seed = 1, size = 64): Uint8Array => drawSample(name, { seed, index, size })

test('pictures depend on seed, class and index alone', () => {
  expect(draw('pit', 3)).toEqual(draw('pit', 3))
  const hashes = classes.flatMap((name) =>
    [0, 1, 2, 3].flatMap((index) =>
      [1, 2].map((seed) =>
        createHash('sha256')
          .update(draw(name, index, seed))
          .digest('hex'),
      ),
    ),
  )
  expect(new Set(hashes).size).toBe(hashes.length)
})

test('the pictures of the sample project are these', () => {
  const all = createHash('sha256')
  for (const name of classes)
    for (const size of [64, 100]) for (let index = 0; index < 5; index++) all.update(draw(name, index, 3, size))
  expect(all.digest('hex').slice(0, 16)).toBe('f2245099c1f1bd0a')
})

test('classes can be told apart by simple statistics, and good surfaces have no defect', () => {
  const statistics = (name: string) => {
    const rows = Array.from({ length: 30 }, (_, index) => {
      const pixels = draw(name, index)
      const mean = pixels.reduce((sum, value) => sum + value, 0) / pixels.length
      const sorted = Float64Array.from(pixels, (value) => value - mean).sort()
      return { darkest: sorted[40] ?? 0, brightest: sorted[sorted.length - 41] ?? 0 }
    })
    const average = (key: 'darkest' | 'brightest') => rows.reduce((sum, row) => sum + row[key], 0) / rows.length
    return { darkest: average('darkest'), brightest: average('brightest') }
  }
  const [good, scratch, pit, stain] = classes.map(statistics)
  if (!good || !scratch || !pit || !stain) throw new Error('four classes')
  expect(scratch.brightest).toBeGreaterThan(good.brightest + 8)
  expect(pit.darkest).toBeLessThan(good.darkest - 20)
  expect(stain.darkest).toBeLessThan(good.darkest - 8)
  expect(stain.darkest).toBeGreaterThan(pit.darkest)
})

test('unknown classes are refused', () => {
  expect(() => draw('dent', 0)).toThrow('no class "dent"')
})
