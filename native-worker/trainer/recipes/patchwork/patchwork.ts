import type { BuildOptions, Gan } from '../../adversarial/gan.ts'
import { composingGan } from '../../composing/composing-gan.ts'
import { createExampleStore } from '../../composing/example-store.ts'
import { symmetryOf } from '../../composing/symmetry.ts'
import type { Recipe } from '../recipe.ts'
import { flipParameters } from '../recipe-parameters.ts'
import { sizesBetween } from '../sizes.ts'
import { patchworkSample } from './patchwork-sample.ts'

/** With fewer there is nothing to take other patches from than the layout itself. */
const leastImages = 3

function build({ engine, height, width, channels, classCount, parameters }: BuildOptions): Gan {
  const examples = createExampleStore({ engine, height, width, channels, classCount })
  const symmetry = symmetryOf(parameters)
  return composingGan({
    engine,
    purpose: 'patchwork',
    state: examples.state,
    adopt: examples.keep,
    compose: (label, random) => ({
      image: patchworkSample({ images: examples.ofClass(label), symmetry, random }),
      mask: null,
    }),
  })
}

/** New textures out of patches of real ones. Seconds, no training; for classes that have no class free of defects beside them. */
export const patchwork: Recipe = {
  id: 'patchwork',
  title: { en: 'Patchwork (textures)', zh: '纹理拼接' },
  summary: {
    en: 'No training: keeps the layout of one real image and makes it anew from patches of others of its class. Good on textures and spots; thin stripes may get lost. Gave a classifier no gain where it was measured.',
    zh: '无需训练：保留一张真实图像的布局，用同类其他图像的小块重新拼成。适合纹理和斑点；细条纹可能丢失。在已测数据上未给分类器带来提升。',
  },
  scope: 'all-classes',
  trains: false,
  sizes: sizesBetween({ min: 24, max: 512, step: 4 }),
  channels: [1, 3],
  parameters: flipParameters,
  presets: {},
  published: { size: 64, channels: 1 },
  minimum: { imagesPerClass: leastImages, classes: 1 },
  parameterCounts: () => ({ generator: 0, discriminator: 0 }),
  build,
}
