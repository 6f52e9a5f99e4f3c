import type { LocalizedText, ParameterValues, RecipeId, RecipeParameter } from '../../../../contract/training.ts'
import {
  countWeights,
  crganLadder,
  crganWidths,
  type CrganShape,
  type CrganWidth,
  type WeightShape,
} from './crgan-architecture.ts'
import { numberOf, type BuildOptions, type Gan } from '../../adversarial/gan.ts'
import type { NetworkShape, Recipe } from '../recipe.ts'
import { flipParameters, latentParameter } from '../recipe-parameters.ts'
import { sizesBetween } from '../sizes.ts'

export const crganShape = ({ size, channels, classCount, parameters }: NetworkShape): CrganShape => ({
  size,
  channels,
  classCount,
  latent: numberOf(parameters, 'latent'),
  width: parameters['width'] as CrganWidth,
  edition: parameters['edition'] === '2' ? '2' : '1',
})

/** What both crgan recipes share: the same networks, sizes and choices. */
export function crganRecipe({
  id,
  title,
  summary,
  batch,
  rates,
  more = [],
  presets,
  ofOlderRuns = {},
  baseOf,
  networkParameters,
  checkTogether,
  counted,
  build,
}: {
  id: RecipeId
  title: LocalizedText
  summary: LocalizedText
  batch: RecipeParameter
  rates: readonly RecipeParameter[]
  more?: readonly RecipeParameter[]
  presets: Recipe['presets']
  ofOlderRuns?: ParameterValues
  baseOf?: Recipe['baseOf']
  networkParameters?: Recipe['networkParameters']
  checkTogether?: Recipe['checkTogether']
  counted: (shape: CrganShape) => {
    readonly generator: readonly WeightShape[]
    readonly discriminator: readonly WeightShape[]
  }
  build: (options: BuildOptions) => Gan
}): Recipe {
  return {
    id,
    title,
    summary,
    scope: 'all-classes',
    trains: true,
    sizes: sizesBetween({ min: 16, max: 256, step: 4 }).filter((size) => crganLadder(size) !== null),
    channels: [1, 3],
    parameters: [
      batch,
      ...rates,
      latentParameter(64),
      {
        kind: 'choice',
        name: 'width',
        label: { en: 'Network size', zh: '模型规模' },
        help: {
          en: 'XXS for processors and first looks, S and M for graphics cards or overnight runs.',
          zh: 'XXS 适合 CPU 与快速预览，S 与 M 适合显卡或整夜训练。',
        },
        default: 'XXS',
        choices: Object.keys(crganWidths),
      },
      ...flipParameters,
      ...more,
    ],
    presets,
    ofOlderRuns,
    ...(baseOf === undefined ? {} : { baseOf }),
    ...(networkParameters === undefined ? {} : { networkParameters }),
    ...(checkTogether === undefined ? {} : { checkTogether }),
    published: { size: 64, channels: 1 },
    minimum: { imagesPerClass: 2, classes: 1 },
    parameterCounts: (shape) => {
      const { generator, discriminator } = counted(crganShape(shape))
      return { generator: countWeights(generator), discriminator: countWeights(discriminator) }
    },
    build,
  }
}
