import type { Tensor, Tensor4D } from '@tensorflow/tfjs'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RunRandom } from '../../../native-worker/random/run-random.ts'
import { seedRandom } from '../../../native-worker/random/run-random.ts'
import { RandomStream } from '../../../native-worker/random/random-stream.ts'
import { readValues, type Engine } from '../../../native-worker/trainer/engines/engine.ts'
import type { CrganShape } from '../../../native-worker/trainer/recipes/crgan/crgan-architecture.ts'
import { completeParameters, findRecipe } from '../../../native-worker/trainer/recipes/registry.ts'
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

export const crganGolden = JSON.parse(
  readFileSync(join(goldenFolder, 'crgan-second-edition.json'), 'utf8'),
) as SecondEdition
export const crganGoldenShape: CrganShape = {
  edition: '2',
  size: 16,
  channels: 1,
  classCount: 3,
  latent: 8,
  width: 'XXS',
}
export const tensorOf = ({ tf }: Engine, fill: Fill): Tensor => tf.tensor(fillTensor(fill), [...fill.shape])

/** Largest difference at the sampled places. */
export const differenceAt = (expected: Sampled, values: Float32Array): number => {
  if (values.length !== expected.size) return Number.NaN
  return Math.max(...expected.at.map(([index, value]) => Math.abs((values[index] ?? Number.NaN) - value)))
}

/** Draws the file's latents; augments by nothing but the cut-out that the file names. */
function scriptedRandom(): RunRandom {
  const latents = RandomStream.fromSeed(1, 'latents')
  latents.normals = () => fillTensor(crganGolden.inputs.latents)
  const augmentation = RandomStream.fromSeed(1, 'augmentation')
  augmentation.uniform = () => 0.5
  augmentation.integer = (below) => Math.floor(below / 2)
  return { ...seedRandom(1), latents, augmentation }
}

/** Our networks with the file's weights. */
export function buildCrganGolden(engine: Engine) {
  const recipe = findRecipe('crgan')
  const gan = recipe.build({
    engine,
    height: crganGoldenShape.size,
    width: crganGoldenShape.size,
    channels: crganGoldenShape.channels,
    classCount: crganGoldenShape.classCount,
    parameters: completeParameters(recipe, {
      batch: 4,
      latent: crganGoldenShape.latent,
      learningRate: crganGolden.config.learningRate,
    }),
    random: scriptedRandom(),
    brightness: { overall: 0, withinClasses: 0 },
  })
  const fills = new Map(
    [
      ...crganGolden.generatorTensors.flatMap((fill) =>
        ['generator/', 'average/generator/'].map((network) => ({ fill, network })),
      ),
      ...crganGolden.discriminatorTensors.map((fill) => ({ fill, network: 'discriminator/' })),
    ].map(({ fill, network }) => [network + fill.name, fill]),
  )
  for (const parameter of gan.state) {
    const fill = fills.get(parameter.name)
    if (fill === undefined) continue
    fills.delete(parameter.name)
    if (parameter.shape.join() !== fill.shape.join()) throw new Error(`${parameter.name} is ${parameter.shape.join()}`)
    engine.tf.tidy(() => parameter.write(tensorOf(engine, fill)))
  }
  if (fills.size > 0) throw new Error(`our networks have no ${[...fills.keys()].join(', ')}`)
  return gan
}

/** How far two training steps of ours, one with the penalty and one without, are from those of the reference program. */
export function takeCrganGoldenSteps(engine: Engine): {
  /** By step and figure, relative. */
  readonly figures: Readonly<Record<string, number>>
  /** By weight. In two steps a weight moves by 1.7e-3. */
  readonly weights: Readonly<Record<string, number>>
} {
  const gan = buildCrganGolden(engine)
  const images = tensorOf(engine, crganGolden.inputs.images) as Tensor4D
  const figures: Record<string, number> = {}
  for (const [index, expected] of crganGolden.steps.entries()) {
    const metrics = gan.trainStep({
      images,
      labels: crganGolden.inputs.labels,
      progress: crganGolden.config.progress,
    })
    for (const [metric, value] of Object.entries(expected))
      figures[`${index + 1} ${metric}`] = Math.abs((metrics[metric] ?? Number.NaN) - value) / Math.abs(value)
  }
  images.dispose()
  const weights: Record<string, number> = {}
  for (const network of ['generator', 'discriminator'] as const)
    for (const [weight, expected] of Object.entries(crganGolden.afterTwoSteps[network])) {
      // Scores are only ever compared: nothing but rounding moves what is added to all of them.
      if (network === 'discriminator' && weight === 'realness/bias') continue
      const parameter = gan.state.find((each) => each.name === `${network}/${weight}`)
      const values = parameter === undefined ? new Float32Array() : readValues(engine.tf, parameter)
      weights[`${network}/${weight}`] = differenceAt(expected, values)
    }
  for (const parameter of gan.state) parameter.dispose()
  return { figures, weights }
}
