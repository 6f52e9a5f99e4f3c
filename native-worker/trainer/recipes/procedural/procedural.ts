import { composingGan } from '../../composing/composing-gan.ts'
import { createExampleStore } from '../../composing/example-store.ts'
import type { Raster } from '../../composing/raster.ts'
import { composeFirstEdition } from './compose-first-edition.ts'
import { composeSample } from './compose-sample.ts'
import { numberOf, type BuildOptions, type Gan } from '../../adversarial/gan.ts'
import { symmetryOf } from '../../composing/symmetry.ts'
import type { Recipe } from '../recipe.ts'
import { flipParameters, numberParameter } from '../recipe-parameters.ts'
import { sizesBetween } from '../sizes.ts'

/** What runs of the first edition kept of each class. */
const examplesOfFirstEdition = 24

function build({ engine, height, width, channels, classCount, parameters }: BuildOptions): Gan {
  const isFirst = parameters['edition'] === '1'
  const examples = createExampleStore({
    ...{ engine, height, width, channels, classCount },
    ...(isFirst ? { slots: examplesOfFirstEdition } : {}),
  })
  const strength = numberOf(parameters, 'strength')
  const symmetry = symmetryOf(parameters)
  return composingGan({
    engine,
    purpose: 'composition',
    state: examples.state,
    adopt: examples.keep,
    compose: (label, random) => {
      const images = examples.ofClass(label)
      const pick = (): Raster => images[random.integer(images.length)] as Raster
      const [base, donor] = [pick(), pick()]
      const image = isFirst
        ? { ...base, values: composeFirstEdition({ base, donor, strength, random }) }
        : composeSample({ base, donor, strength, symmetry, random })
      return { image, mask: null }
    },
  })
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
    ...flipParameters,
    {
      kind: 'choice',
      name: 'edition',
      label: { en: 'Edition', zh: '版本' },
      help: {
        en: '2 blends without seams and keeps the grain. 1 is for comparing with earlier runs.',
        zh: '版本 2 融合无接缝并保留颗粒纹理；版本 1 用于与早期结果对比。',
      },
      default: '2',
      choices: ['1', '2'],
    },
  ],
  // The first cross-faded, which softened its samples; its runs keep drawing as they did.
  ofOlderRuns: { edition: '1' },
  presets: {},
  published: { size: 64, channels: 1 },
  minimum: { imagesPerClass: 1, classes: 1 },
  parameterCounts: () => ({ generator: 0, discriminator: 0 }),
  build,
}
