import { expect, test } from 'vitest'
import { recipeName } from '../../../contract/recipe-names.ts'
import { RecipeId } from '../../../contract/training.ts'
import { findRecipe } from '../../../native-worker/trainer/recipes/registry.ts'

test.each(RecipeId.options)('the name of %s begins its title in both languages', (id) => {
  const { title } = findRecipe(id)
  expect(title.en.startsWith(recipeName(id, 'en'))).toBe(true)
  expect(title.zh.startsWith(recipeName(id, 'zh'))).toBe(true)
})

test('no two recipes have one name, and an unknown one is called by its id', () => {
  for (const language of ['en', 'zh'] as const)
    expect(new Set(RecipeId.options.map((id) => recipeName(id, language))).size).toBe(RecipeId.options.length)
  expect(recipeName('of-another-edition', 'zh')).toBe('of-another-edition')
})
