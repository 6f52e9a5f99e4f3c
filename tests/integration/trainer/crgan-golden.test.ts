import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { RunRandom } from '../../../native-worker/random/run-random.ts'
import { seedRandom } from '../../../native-worker/random/run-random.ts'
import { RandomStream } from '../../../native-worker/random/random-stream.ts'
import type { Engine } from '../../../native-worker/trainer/engines/engine.ts'
import { loadEngine } from '../../../native-worker/trainer/engines/load-engine.ts'
import { noiseOf } from '../../../native-worker/trainer/recipes/crgan/generator-noise.ts'
import type { CrganShape } from '../../../native-worker/trainer/recipes/crgan/crgan-architecture.ts'
import { completeParameters, findRecipe } from '../../../native-worker/trainer/recipes/registry.ts'
import { enginesToTest, testCacheFolder } from './engines-to-test.ts'
import { fillTensor, goldenFolder, type Fill, type Sampled } from './golden-file.ts'

interface SecondEdition {
  readonly config: { readonly progress: number; readonly learningRate: number }
  readonly generatorTensors: readonly (Fill & { readonly name: string })[]
  readonly discriminatorTensors: readonly (Fill & { readonly name: string })[]
  readonly inputs: {
    readonly latents: Fill
    readonly images: Fill
    readonly labels: readonly number[]
    readonly noise: readonly (readonly number[])[]
  }
  readonly generated: Sampled
  readonly steps: readonly Readonly<Record<string, number>>[]
  readonly afterTwoSteps: Readonly<Record<'generator' | 'discriminator', Readonly<Record<string, Sampled>>>>
}

const golden = JSON.parse(readFileSync(join(goldenFolder, 'crgan-second-edition.json'), 'utf8')) as SecondEdition
const shape: CrganShape = { edition: '2', size: 16, channels: 1, classCount: 3, latent: 8, width: 'XXS' }
const tensorOf = ({ tf }: Engine, fill: Fill): Tensor => tf.tensor(fillTensor(fill), [...fill.shape])
const read = (tensor: Tensor): Float32Array => tensor.dataSync<'float32'>().slice()

/** Largest difference at the sampled places. */
const differenceFrom = (expected: Sampled, values: Float32Array): number => {
  expect(values.length).toBe(expected.size)
  return Math.max(...expected.at.map(([index, value]) => Math.abs((values[index] ?? Number.NaN) - value)))
}

/** Draws the file's latents; augments by nothing but the cut-out that the file names. */
function scriptedRandom(): RunRandom {
  const latents = RandomStream.fromSeed(1, 'latents')
  latents.normals = () => fillTensor(golden.inputs.latents)
  const augmentation = RandomStream.fromSeed(1, 'augmentation')
  augmentation.uniform = () => 0.5
  augmentation.integer = (below) => Math.floor(below / 2)
  return { ...seedRandom(1), latents, augmentation }
}

function build(engine: Engine) {
  const recipe = findRecipe('crgan')
  const gan = recipe.build({
    engine,
    height: shape.size,
    width: shape.size,
    channels: shape.channels,
    classCount: shape.classCount,
    parameters: completeParameters(recipe, {
      batch: 4,
      latent: shape.latent,
      learningRate: golden.config.learningRate,
    }),
    random: scriptedRandom(),
    brightness: { overall: 0, withinClasses: 0 },
  })
  const fills = new Map(
    [
      ...golden.generatorTensors.flatMap((fill) =>
        ['generator/', 'average/generator/'].map((network) => ({ fill, network })),
      ),
      ...golden.discriminatorTensors.map((fill) => ({ fill, network: 'discriminator/' })),
    ].map(({ fill, network }) => [network + fill.name, fill]),
  )
  for (const parameter of gan.state) {
    const fill = fills.get(parameter.name)
    if (fill === undefined) continue
    fills.delete(parameter.name)
    expect(parameter.shape, parameter.name).toEqual(fill.shape)
    engine.tf.tidy(() => parameter.write(tensorOf(engine, fill)))
  }
  expect([...fills.keys()]).toEqual([])
  return gan
}

describe.each(enginesToTest)('crgan, second edition, beside its reference program on %s', (name) => {
  let engine: Engine
  beforeAll(async () => {
    engine = await loadEngine(name, { cacheFolder: testCacheFolder })
  })

  it('draws the same noise for the same latents, alone and in a batch', () => {
    const { tf } = engine
    const latents = tensorOf(engine, golden.inputs.latents) as Tensor2D
    const maps = noiseOf(tf, latents, shape)
    maps.forEach((map, index) => {
      const expected = golden.inputs.noise[index] ?? []
      const values = read(map)
      expect(values.length).toBe(expected.length)
      values.forEach((value, at) => expect(Math.abs(value - (expected[at] ?? Number.NaN))).toBeLessThan(1e-5))
    })
    const third = noiseOf(tf, tf.slice(latents, [2, 0], [1, shape.latent]), shape)
    third.forEach((map, index) => {
      const all = read(maps[index] as Tensor)
      expect([...read(map)]).toEqual([...all.subarray((2 * all.length) / 4, (3 * all.length) / 4)])
    })
    tf.dispose([latents, ...maps, ...third])
  })

  it('generates what it generates', () => {
    const gan = build(engine)
    const latents = tensorOf(engine, golden.inputs.latents) as Tensor2D
    const drawn = gan.generate(latents, golden.inputs.labels)
    expect(differenceFrom(golden.generated, read(drawn))).toBeLessThan(2e-4)
    engine.tf.dispose([latents, drawn, ...gan.state.map((parameter) => parameter.read())])
  })

  it('takes its steps, with the penalty and without', () => {
    const gan = build(engine)
    const images = tensorOf(engine, golden.inputs.images) as Tensor4D
    for (const expected of golden.steps) {
      const metrics = gan.trainStep({
        images,
        labels: golden.inputs.labels,
        progress: golden.config.progress,
      })
      for (const [metric, value] of Object.entries(expected))
        expect(Math.abs((metrics[metric] ?? Number.NaN) - value) / Math.abs(value), metric).toBeLessThan(1e-3)
    }
    images.dispose()
    for (const network of ['generator', 'discriminator'] as const)
      for (const [weight, expected] of Object.entries(golden.afterTwoSteps[network])) {
        // Scores are only ever compared: nothing but rounding moves what is added to all of them.
        if (network === 'discriminator' && weight === 'realness/bias') continue
        const parameter = gan.state.find((each) => each.name === `${network}/${weight}`)
        // A weight moves by 1.7e-3 in two steps.
        expect(differenceFrom(expected, read(parameter?.read() as Tensor)), `${network}/${weight}`).toBeLessThan(1e-4)
      }
  })
})
