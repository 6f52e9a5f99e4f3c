import { FlawsmithError } from '../../../../contract/errors.ts'
import type { ParameterValues, RecipeParameter } from '../../../../contract/training.ts'
import { crganEditions } from './crgan-architecture.ts'

export const editionParameter: RecipeParameter = {
  kind: 'choice',
  name: 'edition',
  label: { en: 'Network edition', zh: '神经网络版本' },
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
    en: 'surfaces: networks that have learned to draw made-up surfaces, so that few images and minutes suffice. run: a finished run of this or another project. none: from scratch.',
    zh: 'surfaces：从已学会绘制程序生成表面的网络开始，少量图像、几分钟即可；run：从本项目或其他项目已完成的训练开始；none：从零开始训练。',
  },
  default: 'surfaces',
  choices: ['surfaces', 'run', 'none'],
}

/** Whether the networks know textures before the first step. */
export const startsFromBase = (parameters: ParameterValues): boolean =>
  parameters['edition'] === '2' && parameters['base'] !== 'none'

/** The networks that the shipped bases are of. */
const baseShape = { width: 'XXS', latent: 64 } as const
/** What networks have to share with those of their base. */
export const baseNetworks = Object.keys(baseShape)

/** @throws FlawsmithError `parameter_out_of_range` where a shipped base is asked for by networks of another shape */
export function refuseForeignBase(parameters: ParameterValues): void {
  if (!startsFromBase(parameters) || parameters['base'] !== 'surfaces') return
  for (const [name, wanted] of Object.entries(baseShape)) {
    const value = parameters[name]
    if (value === wanted) continue
    throw new FlawsmithError(
      'parameter_out_of_range',
      `The base “surfaces” is of networks with ${name} ${wanted}, not ${String(value)}. Keep ${name} ${wanted}, or set base to none and train longer.`,
      { recipe: 'crgan', parameter: name, value: value ?? '' },
    )
  }
}
