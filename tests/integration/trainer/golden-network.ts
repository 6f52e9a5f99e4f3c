import type { Engine, Parameter } from '../../../native-worker/trainer/engines/engine.ts'
import type { LayeredGan } from '../../../native-worker/trainer/adversarial/gan.ts'
import { completeParameters, findRecipe } from '../../../native-worker/trainer/recipes/registry.ts'
import { seedRandom } from '../../../native-worker/random/run-random.ts'
import type { Channels } from '../../../contract/project.ts'
import type { ParameterValues } from '../../../contract/training.ts'
import { fillTensor, permute, type GoldenFile, type GoldenNetwork } from './golden-file.ts'

const isTorch = ({ layout }: GoldenFile): boolean => layout.startsWith('NCHW')

/** Our network at the file's configuration, with the file's weights. */
export function buildGolden(engine: Engine, golden: GoldenFile): LayeredGan {
  const recipe = findRecipe(golden.recipe)
  const gan = recipe.build({
    engine,
    ...imageShape(golden),
    classCount: Number(golden.config['classes'] ?? golden.config['condition'] ?? 1),
    parameters: completeParameters(recipe, configured(golden)),
    random: seedRandom(1),
    brightness: { overall: 0, withinClasses: 0 },
  }) as LayeredGan
  fillNetwork(engine, gan.generator.parameters, { network: golden.generator, golden })
  fillNetwork(engine, gan.discriminator.parameters, { network: golden.discriminator, golden })
  return gan
}

function configured({
  config,
  generator,
  discriminator,
  recipe,
  one_training_step: step,
  inputs,
}: GoldenFile): ParameterValues {
  const named: Record<string, string> = {
    nz: 'latent',
    z: 'latent',
    latent: 'latent',
    ngf: 'generatorWidth',
    ndf: 'discriminatorWidth',
    generator_depth: 'generatorWidth',
    discriminator_depth: 'discriminatorWidth',
  }
  const parameters: Record<string, number | boolean | string> = {}
  for (const [key, value] of Object.entries(config)) {
    const name = named[key]
    if (name !== undefined && typeof value === 'number') parameters[name] = value
  }
  if (recipe === 'dcgan-28-upsampling') parameters['output'] = 'source-output'
  if (recipe === 'cgan-concat') parameters['judgesPair'] = discriminator.tensors[0]?.shape[1] !== inputs.x.shape[1]
  if (recipe === 'cgan-concat')
    parameters['latent'] = (generator.tensors[0]?.shape[1] ?? 0) - Number(config['condition'])
  if (step !== undefined && recipe === 'sn-dcgan-128') {
    parameters['generatorRate'] = step.lr.G
    parameters['discriminatorRate'] = step.lr.D
  } else if (step !== undefined) {
    parameters['learningRate'] = step.lr.G
  }
  if (step !== undefined && recipe === 'mlp-gan') parameters['dropout'] = 0
  return parameters
}

/** From the images themselves: [n, c, h, w], [n, h, w, c] or [n, pixels]. */
export function imageShape(golden: GoldenFile): { height: number; width: number; channels: Channels } {
  const [, a = 1, b = 1, c = 1] = golden.inputs.x.shape
  if (golden.inputs.x.shape.length === 2) return { height: 1, width: a, channels: 1 }
  return isTorch(golden)
    ? { height: b, width: c, channels: a as Channels }
    : { height: a, width: b, channels: c as Channels }
}

function fillNetwork(
  engine: Engine,
  parameters: readonly Parameter[],
  { network, golden }: { network: GoldenNetwork; golden: GoldenFile },
): void {
  if (parameters.length !== network.tensors.length) {
    throw new Error(`${golden.file} has ${network.tensors.length} tensors, our network ${parameters.length}`)
  }
  parameters.forEach((parameter, index) => {
    const tensor = network.tensors[index]
    if (tensor === undefined) return
    const values = fillTensor(tensor)
    const ours = isTorch(golden)
      ? fromTorch(values, { shape: tensor.shape, name: tensor.name, parameter, previous: network.tensors[index - 2] })
      : values
    if (!isTorch(golden) && tensor.shape.join() !== parameter.shape.join())
      throw new Error(`${tensor.name} is ${tensor.shape.join()}`)
    engine.tf.tidy(() => {
      parameter.write(engine.tf.tensor(ours, [...parameter.shape]))
    })
  })
}

/** PyTorch keeps [out, in, h, w] (transposed: [in, out, h, w]), linear [out, in], v of spectral norm as [in · h · w]. */
export function fromTorch(
  values: Float32Array,
  {
    shape,
    name,
    parameter,
    previous,
  }: {
    shape: readonly number[]
    name: string
    parameter: Parameter
    previous?: { shape: readonly number[] } | undefined
  },
): Float32Array {
  if (shape.length === 4) return permute(values, shape, [2, 3, 1, 0])
  if (shape.length === 2) return permute(values, shape, [1, 0])
  if (name.endsWith('_v') && previous !== undefined) return permute(values, previous.shape.slice(1), [1, 2, 0])
  if (parameter.shape.join() !== shape.join())
    throw new Error(`${name} is ${shape.join()}, ours ${parameter.shape.join()}`)
  return values
}

/** Back to the file's own order of values. */
export function toTorch(values: Float32Array, shape: readonly number[]): Float32Array {
  if (shape.length === 4) return permute(values, shape, [3, 2, 0, 1])
  return shape.length === 2 ? permute(values, shape, [1, 0]) : values
}

/** Images NHWC to the file's order. */
export const imagesToGolden = (golden: GoldenFile, values: Float32Array, shape: readonly number[]): Float32Array =>
  isTorch(golden) && shape.length === 4 ? permute(values, shape, [0, 3, 1, 2]) : values

/** The file's images as NHWC. */
export function goldenImages(golden: GoldenFile): Float32Array {
  const values = fillTensor(golden.inputs.x)
  return isTorch(golden) && golden.inputs.x.shape.length === 4
    ? permute(values, golden.inputs.x.shape, [0, 2, 3, 1])
    : values
}
