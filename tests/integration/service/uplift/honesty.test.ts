import { expect, test } from 'vitest'
import type { RandomStream } from '../../../../native-worker/random/random-stream.ts'
import {
  addDot,
  addStripes,
  blendShifted,
  drawGrain,
  measureMadeUpTask,
  size,
  soften,
  toBytes,
  type MadeUpResult,
} from '../../../helpers/made-up-task.ts'

/*
 * Tasks whose answer is known, measured by the whole protocol with real trainings. Everything follows from the seeds. Surfaces are good
 * or scored with fine stripes.
 */

const anyLight = { darkest: 70, brightest: 180 }
const drawGood = (random: RandomStream): Uint8Array => toBytes(drawGrain(random, anyLight))
const scoredValues = (random: RandomStream, strength: number): Float32Array =>
  addStripes(drawGrain(random, anyLight), { random, strength })
const drawScored = (random: RandomStream): Uint8Array => toBytes(scoredValues(random, 16))

const soleArm = ({ arms }: MadeUpResult): MadeUpResult['arms'][number] => {
  const [arm] = arms
  if (arm === undefined || arms.length > 1) throw new Error('one way was to be measured')
  return arm
}

/** All train images of the rare class bear a bright mark that has nothing to do with it: what is learned of them is the mark. */
const misleading = [
  { name: 'good', train: 160, draw: drawGood },
  {
    name: 'scored',
    train: 8,
    draw: (random: RandomStream) => toBytes(addDot(scoredValues(random, 16))),
    drawTest: drawScored,
  },
]

test('samples that show what the train images lack help', { timeout: 300_000 }, async () => {
  const result = await measureMadeUpTask({
    classes: misleading,
    tested: 25,
    sources: [{ name: 'fresh', make: ({ random }) => drawScored(random) }],
    // More than are needed, so that it holds with a margin.
    wish: { seeds: 8 },
  })
  const arm = soleArm(result)
  expect(arm.finding).toBe('helps')
  expect(arm.delta).toBeGreaterThan(15)
  expect(result.verdict).toMatchObject({ overall: 'helps', recommended: { arm: 'fresh', dose: 1 } })
})

test('copies of train images give nothing', { timeout: 300_000 }, async () => {
  const result = await measureMadeUpTask({
    classes: misleading,
    tested: 25,
    sources: [
      { name: 'copies', make: ({ train, random }) => train[random.integer(train.length)]?.slice() ?? drawGood(random) },
    ],
  })
  expect(soleArm(result).finding).toBe('noEvidence')
  expect(result.verdict.recommended).toBeNull()
})

test('noise never helps', { timeout: 300_000 }, async () => {
  const result = await measureMadeUpTask({
    classes: [
      { name: 'good', train: 160, draw: drawGood },
      { name: 'scored', train: 8, draw: drawScored },
    ],
    tested: 25,
    sources: [
      { name: 'noise', make: ({ random }) => Uint8Array.from({ length: size * size }, () => random.integer(256)) },
    ],
  })
  expect(['noEvidence', 'hurts']).toContain(soleArm(result).finding)
  expect(result.verdict.recommended).toBeNull()
})

test('nor does the best of several noises, of which one is the best by luck', { timeout: 600_000 }, async () => {
  const uniform = (random: RandomStream): Uint8Array =>
    Uint8Array.from({ length: size * size }, () => random.integer(256))
  const blocks = (random: RandomStream): Uint8Array => {
    const greys = uniform(random)
    return greys.map((_, at) => greys[at - (at % 4) - size * (Math.floor(at / size) % 4)] ?? 0)
  }
  /** As bright and as rough as the class, its stripes gone. */
  const shuffled = (picture: Uint8Array, random: RandomStream): Uint8Array => {
    const pixels = picture.slice()
    for (let at = pixels.length - 1; at > 0; at--) {
      const other = random.integer(at + 1)
      const [one = 0, two = 0] = [pixels[at], pixels[other]]
      pixels[at] = two
      pixels[other] = one
    }
    return pixels
  }
  const result = await measureMadeUpTask({
    classes: [
      { name: 'good', train: 160, draw: drawGood },
      { name: 'scored', train: 8, draw: drawScored },
    ],
    tested: 25,
    sources: [
      { name: 'uniform', make: ({ random }) => uniform(random) },
      { name: 'uniform-again', make: ({ random }) => uniform(random) },
      { name: 'blocks', make: ({ random }) => blocks(random) },
      { name: 'blocks-again', make: ({ random }) => blocks(random) },
      {
        name: 'shuffled',
        make: ({ train, random }) => shuffled(train[random.integer(train.length)] ?? new Uint8Array(), random),
      },
    ],
  })
  expect(result).toMatchObject({ ways: 5, verdict: { recommended: null } })
  expect(result.arms).toHaveLength(5)
  expect(result.arms.map(({ finding }) => finding)).not.toContain('helps')
  expect(['noEvidence', 'hurts']).toContain(result.verdict.overall)
})

test('cut and blend hurts where softness is no defect: false alarms count', { timeout: 300_000 }, async () => {
  const softened = (values: Float32Array): Uint8Array => toBytes(soften(blendShifted(values)))
  const result = await measureMadeUpTask({
    classes: [
      {
        name: 'good',
        train: 160,
        draw: drawGood,
        drawTest: (random) => (random.uniform() < 0.9 ? softened(drawGrain(random, anyLight)) : drawGood(random)),
      },
      { name: 'scored', train: 8, draw: (random) => toBytes(scoredValues(random, 20)) },
    ],
    tested: 25,
    // Where two places meet, the stripes of one cover those of the other: what is left is soft.
    sources: [
      {
        name: 'cut-and-blend',
        make: ({ train, random }) => softened(Float32Array.from(train[random.integer(train.length)] ?? [])),
      },
    ],
  })
  const arm = soleArm(result)
  expect(arm.finding).toBe('hurts')
  expect(arm.falseAlarms ?? 0).toBeGreaterThan((result.reference.falseAlarms ?? 0) + 20)
  expect(result.verdict).toMatchObject({ overall: 'hurts', recommended: null })
})

test('a test image among the samples is refused before anything is learned', async () => {
  const tested: Uint8Array[] = []
  const measured = measureMadeUpTask({
    classes: [
      { name: 'good', train: 20, draw: drawGood },
      {
        name: 'scored',
        train: 8,
        draw: drawScored,
        drawTest: (random) => {
          const picture = drawScored(random)
          tested.push(picture)
          return picture
        },
      },
    ],
    tested: 4,
    sources: [{ name: 'leak', make: () => tested.at(-1) ?? new Uint8Array() }],
  })
  await expect(measured).rejects.toMatchObject({ code: 'test_image_in_input' })
})
