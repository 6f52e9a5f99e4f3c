import type { Tensor4D } from '@tensorflow/tfjs'
import { composedLatentLength, latentStreams } from '../../composing/latent-streams.ts'
import type { Raster } from '../../composing/raster.ts'
import { composeSample } from './compose-sample.ts'
import { numberOf, type BuildOptions, type Gan } from '../../adversarial/gan.ts'
import type { Recipe } from '../recipe.ts'
import { numberParameter } from '../recipe-parameters.ts'
import { sizesBetween } from '../sizes.ts'

/** Real images kept of each class: enough variety, small checkpoints. */
const examplesPerClass = 24

function build({ engine, height, width, channels, classCount, parameters }: BuildOptions): Gan {
  const { tf } = engine
  const imageLength = height * width * channels
  const examples = engine.createParameter(
    { name: 'examples', shape: [classCount, examplesPerClass, imageLength], trainable: false },
    new Float32Array(classCount * examplesPerClass * imageLength),
  )
  const counts = engine.createParameter(
    { name: 'counts', shape: [classCount], trainable: false },
    new Float32Array(classCount),
  )
  const strength = numberOf(parameters, 'strength')
  return {
    batch: 1,
    latentLength: composedLatentLength,
    optimisers: [],
    state: [examples, counts],
    adopt: (images) => {
      const held = new Float32Array(classCount * examplesPerClass * imageLength)
      const taken = new Float32Array(classCount)
      for (const { pixels, label } of images) {
        const slot = taken[label] ?? 0
        if (slot >= examplesPerClass) continue
        held.set(pixels, (label * examplesPerClass + slot) * imageLength)
        taken[label] = slot + 1
      }
      tf.tidy(() => {
        examples.write(tf.tensor(held, [...examples.shape]))
        counts.write(tf.tensor1d(taken))
      })
    },
    trainStep: () => {
      throw new Error('procedural does not train')
    },
    generate: (latents, labels) => {
      const held = examples.read().dataSync<'float32'>()
      const taken = counts.read().dataSync<'float32'>()
      const made = new Float32Array(labels.length * imageLength)
      latentStreams(latents, 'composition').forEach((random, index) => {
        const label = labels[index] ?? 0
        const pick = (): Raster => {
          const start = (label * examplesPerClass + random.integer(Math.max(1, taken[label] ?? 1))) * imageLength
          return { height, width, channels, values: held.subarray(start, start + imageLength) }
        }
        made.set(composeSample({ base: pick(), donor: pick(), strength, random }), index * imageLength)
      })
      return tf.tensor4d(made, [labels.length, height, width, channels]) as Tensor4D
    },
  }
}

/** Cut, paste and blend: no learning. The floor every GAN must beat, and the honest choice for a handful of images. */
export const procedural: Recipe = {
  id: 'procedural',
  title: { en: 'Cut and blend', zh: '剪切融合（无需训练）' },
  summary: {
    en: 'No training: blends a crop of one real image into another of the same class and varies light and shape. For classes under 20 images.',
    zh: '无需训练：将同类真实图像的局部融合到另一张图像中，并改变光照与形状。适合少于 20 张图像的类别。',
  },
  scope: 'all-classes',
  trains: false,
  sizes: sizesBetween({ min: 16, max: 512, step: 4 }),
  channels: [1, 3],
  parameters: [
    numberParameter('strength', {
      label: { en: 'Strength', zh: '强度' },
      help: {
        en: 'How far light and shape may move: 0 only blends, 1 is the usual, 2 is strong.',
        zh: '光照与形状变化的幅度：0 仅融合，1 为常用值，2 为强。',
      },
      default: 1,
      min: 0,
      max: 2,
    }),
  ],
  presets: {},
  published: { size: 64, channels: 1 },
  minimum: { imagesPerClass: 1, classes: 1 },
  parameterCounts: () => ({ generator: 0, discriminator: 0 }),
  build,
}
