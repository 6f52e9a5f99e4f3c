import type { LocalizedText, RecipeParameter } from '../../../contract/training.ts'

interface NumberOptions {
  readonly label: LocalizedText
  readonly help: LocalizedText
  readonly default: number
  readonly min: number
  readonly max: number
}

export const numberParameter = (name: string, options: NumberOptions): RecipeParameter => ({
  kind: 'number',
  name,
  integer: false,
  ...options,
})
export const integerParameter = (name: string, options: NumberOptions): RecipeParameter => ({
  kind: 'number',
  name,
  integer: true,
  ...options,
})

export const batchParameter = (value: number): RecipeParameter =>
  integerParameter('batch', {
    label: { en: 'Batch', zh: '批大小' },
    help: {
      en: 'Images per training step. Larger is steadier and slower.',
      zh: '每个训练步使用的图像数。越大越稳定，但每步更慢。',
    },
    default: value,
    min: 2,
    max: 256,
  })

export const rateParameter = (
  name: 'learningRate' | 'generatorRate' | 'discriminatorRate',
  value: number,
): RecipeParameter =>
  numberParameter(name, {
    label: rateLabels[name],
    help: {
      en: 'Step size of Adam. Halve it when the losses jump.',
      zh: 'Adam 优化器的步长。损失剧烈跳动时请减半。',
    },
    default: value,
    min: 1e-6,
    max: 0.1,
  })

const rateLabels = {
  learningRate: { en: 'Learning rate', zh: '学习率' },
  generatorRate: { en: 'Generator learning rate', zh: '生成器学习率' },
  discriminatorRate: { en: 'Discriminator learning rate', zh: '判别器学习率' },
} as const

export const latentParameter = (value: number): RecipeParameter =>
  integerParameter('latent', {
    label: { en: 'Latent length', zh: '潜变量长度' },
    help: {
      en: 'How many random numbers one image is made from.',
      zh: '生成一张图像所用的随机数个数。',
    },
    default: value,
    min: 2,
    max: 1024,
  })

export const widthParameter = (name: 'generatorWidth' | 'discriminatorWidth', value: number): RecipeParameter =>
  integerParameter(name, {
    label:
      name === 'generatorWidth'
        ? { en: 'Generator width', zh: '生成器宽度' }
        : { en: 'Discriminator width', zh: '判别器宽度' },
    help: {
      en: 'Channels of the layer at full size; deeper layers have multiples of it. Half the width trains about three times as fast.',
      zh: '最大分辨率层的通道数，更深的层为其倍数。宽度减半，训练速度约为三倍。',
    },
    default: value,
    min: 4,
    max: 256,
  })

export const dropoutParameter = (value: number): RecipeParameter =>
  numberParameter('dropout', {
    label: { en: 'Dropout', zh: '随机失活' },
    help: {
      en: 'Share of the discriminator’s activations set to zero at each step.',
      zh: '每步被置零的判别器激活比例。',
    },
    default: value,
    min: 0,
    max: 0.9,
  })

const flip = (name: 'flipHorizontal' | 'flipVertical', label: LocalizedText): RecipeParameter => ({
  kind: 'boolean',
  aboutParts: true,
  name,
  label,
  help: {
    en: 'Only where it is true: every class is then learned in both directions.',
    zh: '仅在确实如此时启用：所有类别都会按两个方向学习。',
  },
  default: false,
})

/** Which mirrored parts are valid parts. */
export const flipParameters: readonly RecipeParameter[] = [
  flip('flipHorizontal', { en: 'Parts mirrored left to right are valid', zh: '左右镜像的工件有效' }),
  flip('flipVertical', { en: 'Parts mirrored top to bottom are valid', zh: '上下镜像的工件有效' }),
]
