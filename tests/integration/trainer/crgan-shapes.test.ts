import type { Tensor4D } from '@tensorflow/tfjs'
import { expect, it } from 'vitest'
import { loadEngine } from '../../../native-worker/trainer/engines/load-engine.ts'
import { completeParameters, findRecipe } from '../../../native-worker/trainer/recipes/registry.ts'
import { RandomStream } from '../../../native-worker/random/random-stream.ts'
import { seedRandom } from '../../../native-worker/random/run-random.ts'
import { testCacheFolder } from './engines-to-test.ts'

const engine = await loadEngine('wasm', { cacheFolder: testCacheFolder })

it.each([
  { recipe: 'crgan', preset: 'XXS', size: 32, channels: 3 },
  { recipe: 'crgan', preset: 'XXS', size: 96, channels: 1 },
  { recipe: 'crgan', preset: 'XXS', size: 128, channels: 1 },
  { recipe: 'crgan', preset: 'XS', size: 64, channels: 3 },
  { recipe: 'crgan', preset: 'XS', size: 128, channels: 1 },
  { recipe: 'crgan', preset: 'S', size: 64, channels: 1 },
  { recipe: 'crgan-sn', preset: 'default', size: 96, channels: 3 },
] as const)(
  '$recipe $preset learns at $size px with $channels channel(s) without leaving the numbers',
  { timeout: 60_000 },
  ({ recipe: id, preset, size, channels }) => {
    const { tf } = engine
    const recipe = findRecipe(id)
    const chosen = preset === 'default' ? {} : recipe.presets[preset]
    expect(chosen).toBeDefined()
    const batch = 4
    const gan = recipe.build({
      engine,
      height: size,
      width: size,
      channels,
      classCount: 3,
      parameters: completeParameters(recipe, { ...chosen, batch }),
      random: seedRandom(5),
      brightness: { overall: 0.1, withinClasses: 0.05 },
    })
    const images = drawSlopes({ batch, size, channels })
    // From the first step to the last planned one: every schedule is passed through.
    for (const progress of [0, 0.2, 0.5, 0.8, 1]) {
      const metrics = gan.trainStep({ images, labels: [0, 1, 2, 1], progress })
      for (const [name, value] of Object.entries(metrics))
        expect(Number.isFinite(value), `${name} = ${value}`).toBe(true)
    }
    const labels = [0, 1, 2, 0]
    const latents = RandomStream.fromSeed(9, 'latents').normals(labels.length * gan.latentLength)
    const drawn = gan.generate(tf.tensor2d(latents, [labels.length, gan.latentLength]), labels)
    expect(drawn.shape).toEqual([labels.length, size, size, channels])
    const pixels = drawn.dataSync<'float32'>()
    for (const [label, image] of splitIn(labels.length, pixels).entries()) {
      expect(image.every((value) => Number.isFinite(value) && Math.abs(value) <= 1)).toBe(true)
      expect(deviation(image), `image ${label} is not one flat grey`).toBeGreaterThan(0.01)
      for (const [channel, values] of channelsOf(image, channels).entries())
        expect(deviation(values), `channel ${channel}`).toBeGreaterThan(0.005)
    }
    const [first, , , other] = splitIn(labels.length, pixels)
    expect(difference(first ?? [], other ?? []), 'two images of one class').toBeGreaterThan(0.005)
    tf.dispose([drawn, images])
    for (const parameter of gan.state) parameter.dispose()
  },
)

/** Smooth slopes of brightness, each image another way, each channel a little shifted. */
function drawSlopes({ batch, size, channels }: { batch: number; size: number; channels: number }): Tensor4D {
  const values = new Float32Array(batch * size * size * channels)
  for (let index = 0; index < values.length; index++) {
    const channel = index % channels
    const x = Math.floor(index / channels) % size
    const y = Math.floor(index / channels / size) % size
    const angle = Math.floor(index / channels / size / size)
    values[index] = 0.8 * Math.sin((3 * (x * Math.cos(angle) + y * Math.sin(angle))) / size + channel / 2)
  }
  return engine.tf.tensor4d(values, [batch, size, size, channels])
}

function splitIn(parts: number, values: Float32Array): readonly Float32Array[] {
  const length = values.length / parts
  return Array.from({ length: parts }, (_, part) => values.subarray(part * length, (part + 1) * length))
}

const channelsOf = (image: Float32Array, channels: number): readonly Float32Array[] =>
  Array.from({ length: channels }, (_, channel) => image.filter((_value, index) => index % channels === channel))

function deviation(values: Float32Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)
}

const difference = (left: ArrayLike<number>, right: ArrayLike<number>): number =>
  Array.from(left).reduce((sum, value, index) => sum + Math.abs(value - (right[index] ?? 0)), 0) / left.length
