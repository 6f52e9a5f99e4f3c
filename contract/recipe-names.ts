import * as v from 'valibot'
import type { LocalizedText } from './training.ts'
import { RecipeId } from './training.ts'

/** What recipes are called within a sentence: their titles without what is said about them. */
const names: Readonly<Record<RecipeId, LocalizedText>> = {
  crgan: { en: 'CR-GAN', zh: 'CR-GAN' },
  'crgan-sn': { en: 'CR-GAN, first order', zh: 'CR-GAN（一阶）' },
  'dcgan-96': { en: 'DCGAN', zh: 'DCGAN' },
  acgan: { en: 'AC-GAN', zh: 'AC-GAN' },
  'mlp-gan': { en: 'MLP GAN', zh: '多层感知机 GAN' },
  'cgan-concat': { en: 'Conditional MLP GAN', zh: '条件多层感知机 GAN' },
  'dcgan-28-upsampling': { en: 'Upsampling DCGAN', zh: '上采样 DCGAN' },
  'sn-dcgan-128': { en: 'SN-DCGAN', zh: 'SN-DCGAN' },
  procedural: { en: 'Cut and blend', zh: '剪切融合' },
  transplant: { en: 'Transplant', zh: '缺陷移植' },
  patchwork: { en: 'Patchwork', zh: '纹理拼接' },
}

/** The name of a recipe; of one that this edition does not know, its id. */
export const recipeName = (id: string, language: keyof LocalizedText): string =>
  v.is(RecipeId, id) ? names[id][language] : id
