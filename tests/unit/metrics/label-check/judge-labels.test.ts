import { expect, test } from 'vitest'
import { drawSample } from '../../../../native-worker/images/sample-set/draw-sample-set.ts'
import { describePicture, descriptorLength } from '../../../../native-worker/metrics/label-check/describe-picture.ts'
import { judgeLabels } from '../../../../native-worker/metrics/label-check/judge-labels.ts'
import { RandomStream } from '../../../../native-worker/random/random-stream.ts'

const counts = { good: 100, scratch: 60, pit: 32, stain: 16 } as const
const names = Object.keys(counts) as (keyof typeof counts)[]
const drawn = names.flatMap((name, label) =>
  Array.from({ length: counts[name] }, (_, index) => ({
    label,
    descriptor: describePicture(drawSample(name, { seed: 1, index, size: 64 })),
  })),
)
const descriptors = drawn.map(({ descriptor }) => descriptor)
const judge = (labels: readonly number[]) =>
  judgeLabels(
    labels.map((label) => ({ label, group: null })),
    { descriptors },
  )

test('a picture has the same description wherever its numbers come from, and as many as are said', () => {
  const [first] = drawn
  expect(first?.descriptor).toHaveLength(descriptorLength)
  expect(describePicture(drawSample('good', { seed: 1, index: 0, size: 64 }))).toEqual(first?.descriptor)
})

test('labels that are right are left alone', () => {
  expect(judge(drawn.map(({ label }) => label)).suspects).toEqual([])
})

test('of planted errors on the sample set most are found, nearly all that is found is one, and named what it is', () => {
  let planted = 0
  let flagged = 0
  let found = 0
  let named = 0
  for (const seed of [1, 2, 3, 4]) {
    const random = RandomStream.fromSeed(seed, 'planted')
    const labels = drawn.map(({ label }) => label)
    const wrong = new Set<number>()
    while (wrong.size < 10) {
      const index = random.integer(labels.length)
      const label = random.integer(names.length)
      if (label === drawn[index]?.label || wrong.has(index)) continue
      labels[index] = label
      wrong.add(index)
    }
    const { suspects } = judge(labels)
    const right = suspects.filter(({ image }) => wrong.has(image))
    planted += wrong.size
    flagged += suspects.length
    found += right.length
    named += right.filter(({ image, likelier }) => likelier === drawn[image]?.label).length
  }
  expect(found / planted).toBeGreaterThan(0.5)
  expect(found / flagged).toBeGreaterThan(0.85)
  expect(named / found).toBeGreaterThan(0.85)
})

test('pictures of one group do not vouch for each other', () => {
  const labels = drawn.map(({ label }) => label)
  const twins = [0, 1, 2, 3, 4, 5, 6, 7]
  const copies = drawn.map(({ descriptor }, index) =>
    twins.includes(index) ? (descriptors[0] ?? descriptor) : descriptor,
  )
  for (const twin of twins) labels[twin] = 1
  const suspectsWith = (group: number | null): number =>
    judgeLabels(
      labels.map((label, index) => ({ label, group: twins.includes(index) ? group : null })),
      { descriptors: copies },
    ).suspects.filter(({ image }) => twins.includes(image)).length
  expect(suspectsWith(null)).toBe(0)
  expect(suspectsWith(1)).toBe(twins.length)
})

test('where looks tell nothing, nothing is said', () => {
  const random = RandomStream.fromSeed(7, 'noise')
  const images = Array.from({ length: 80 }, (_, index) => ({ label: index < 45 ? 0 : 1, group: null }))
  const noise = images.map(() => Float32Array.from({ length: descriptorLength }, () => random.normal()))
  const { suspects, unclear } = judgeLabels(images, { descriptors: noise })
  expect(suspects).toEqual([])
  expect(unclear).toEqual([0, 1])
})

test('classes of a few images are not judged, and are named', () => {
  const labels = drawn.map(({ label }, index) => (index < 5 ? 9 : label))
  const { tooSmall, suspects } = judge(labels)
  expect(tooSmall).toEqual([9])
  expect(suspects.filter(({ image }) => image < 5)).toEqual([])
})

test('an image unlike all of its class is an outlier', () => {
  const odd = Float32Array.from({ length: descriptorLength }, () => 40)
  const { outliers } = judgeLabels([...drawn.map(({ label }) => ({ label, group: null })), { label: 0, group: null }], {
    descriptors: [...descriptors, odd],
  })
  expect(outliers[0]?.image).toBe(drawn.length)
})
