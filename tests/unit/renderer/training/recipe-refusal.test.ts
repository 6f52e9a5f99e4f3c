import { expect, test } from 'vitest'
import type { RecipeDescription } from '../../../../contract/training.ts'
import { refuseRecipe } from '../../../../renderer/features/training/recipe-refusal.ts'
import { runShare } from '../../../../renderer/features/training/run-share.ts'

const recipe = (more: Partial<RecipeDescription>): RecipeDescription => ({
  id: 'acgan',
  title: { en: '', zh: '' },
  summary: { en: '', zh: '' },
  scope: 'all-classes',
  trains: true,
  sizes: [32, 40, 48, 56, 64],
  channels: [1, 3],
  parameters: [],
  presets: {},
  parameterCounts: { generator: 1, discriminator: 1 },
  ...more,
})

test('takes what fits', () => {
  expect(refuseRecipe(recipe({}), { size: 64, channels: 1 })).toBeNull()
})
test('names the reason it refuses', () => {
  expect(refuseRecipe(recipe({ channels: [3] }), { size: 64, channels: 1 })).toEqual({ kind: 'channels', channels: 3 })
  expect(refuseRecipe(recipe({}), { size: 24, channels: 1 })).toEqual({
    kind: 'size',
    takes: { kind: 'row', min: 32, max: 64, step: 8 },
  })
  const uneven = recipe({ sizes: [16, 24, 32, 48] })
  expect(refuseRecipe(uneven, { size: 64, channels: 1 })).toEqual({
    kind: 'size',
    takes: { kind: 'list', sizes: [16, 24, 32, 48] },
  })
})

test('a run is as far as its nearer limit', () => {
  expect(runShare({ targetSteps: 100, targetMinutes: 10 }, { step: 20, seconds: 300 })).toBe(0.5)
  expect(runShare({ targetSteps: 100, targetMinutes: null }, { step: 120, seconds: 1 })).toBe(1)
  expect(runShare({ targetSteps: null, targetMinutes: null }, { step: 1, seconds: 1 })).toBeNull()
})
