import type { ParameterValues, RecipeParameter } from '../../../../contract/training.ts'
import { crganEditions } from './crgan-architecture.ts'

export const editionParameter: RecipeParameter = {
  kind: 'choice',
  name: 'edition',
  label: { en: 'Network edition', zh: '网络版本' },
  help: {
    en: '2 draws without a grid and with grain. 1 is for comparing with earlier runs.',
    zh: '版本 2 的图像没有网格痕迹并带有颗粒纹理；版本 1 用于与早期训练对比。',
  },
  default: '2',
  choices: [...crganEditions],
}

export const baseParameter: RecipeParameter = {
  kind: 'choice',
  name: 'base',
  label: { en: 'Start from', zh: '训练起点' },
  help: {
    en: 'surfaces: networks that have learned to draw made-up surfaces, so that few images and minutes suffice. none: from scratch.',
    zh: 'surfaces：从已学会绘制程序生成表面的网络开始，少量图像、几分钟即可；none：从零开始训练。',
  },
  default: 'surfaces',
  choices: ['surfaces', 'none'],
}

/** Whether the networks know textures before the first step. */
export const startsFromBase = (parameters: ParameterValues): boolean =>
  parameters['edition'] === '2' && parameters['base'] !== 'none'
