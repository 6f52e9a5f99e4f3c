import { describe, expect, it } from 'vitest'
import { FlawsmithError } from '../../../contract/errors.ts'
import { RecipeId } from '../../../contract/training.ts'
import { checkRecipe, describeRecipes } from '../../../native-worker/trainer/recipes/registry.ts'

const codeOf = (call: () => unknown): string => {
  try {
    call()
  } catch (thrown) {
    if (thrown instanceof FlawsmithError) return thrown.code
    throw thrown
  }
  return 'nothing thrown'
}
const request = { recipe: 'acgan', parameters: {}, size: 64, channels: 3, classSizes: { a: 30, b: 5 } } as const

describe('describeRecipes', () => {
  it('describes every recipe of the contract, once, in both languages', () => {
    const described = describeRecipes({ size: 64, channels: 1 })
    expect(described.map(({ id }) => id).sort()).toEqual([...RecipeId.options].sort())
    for (const { title, summary, parameters } of described) {
      for (const text of [title, summary, ...parameters.flatMap(({ label, help }) => [label, help])]) {
        expect(text.en).not.toBe('')
        expect(text.zh).not.toBe('')
      }
    }
  })

  it('has no counts where a recipe refuses the size', () => {
    const counts = (size: number) =>
      describeRecipes({ size, channels: 3 }).find(({ id }) => id === 'dcgan-96')?.parameterCounts
    expect(counts(96)).toEqual({ generator: 3_578_432, discriminator: 2_767_424 })
    expect(counts(56)).toBeNull()
  })

  it('gives defaults inside their own ranges and presets the recipe accepts', () => {
    for (const { id, parameters, presets, scope } of describeRecipes({ size: 64, channels: 1 })) {
      const classSizes = scope === 'one-class' ? { a: 30 } : { a: 30, b: 30 }
      const defaults = Object.fromEntries(parameters.map((parameter) => [parameter.name, parameter.default]))
      for (const values of [defaults, ...Object.values(presets)]) {
        expect(checkRecipe({ recipe: id, parameters: values, size: 64, channels: 1, classSizes })).toMatchObject(values)
      }
    }
  })
})

describe('checkRecipe', () => {
  it('completes what is given', () => {
    expect(checkRecipe({ ...request, parameters: { batch: 8 } })).toMatchObject({
      batch: 8,
      learningRate: 1e-3,
      latent: 100,
    })
  })

  it.each([
    ['recipe_refuses_size', { recipe: 'dcgan-96', size: 56 }],
    ['parameter_out_of_range', { parameters: { batch: 1 } }],
    ['parameter_out_of_range', { parameters: { batch: 2.5 } }],
    ['parameter_out_of_range', { parameters: { batch: '16' } }],
    ['parameter_out_of_range', { parameters: { learningRate: Number.NaN } }],
    ['parameter_out_of_range', { parameters: { unheardOf: 1 } }],
    ['parameter_out_of_range', { recipe: 'crgan', parameters: { width: 'XXXL' } }],
    ['classes_too_few', { classSizes: { a: 30 } }],
    ['class_too_small', { classSizes: { a: 30, b: 1 } }],
    ['class_too_small', { classSizes: { a: 30, b: 0 } }],
  ] as const)('refuses with %s: %j', (code, change) => {
    expect(codeOf(() => checkRecipe({ ...request, ...change }))).toBe(code)
  })

  it('names the value and what would do', () => {
    expect(() => checkRecipe({ ...request, parameters: { batch: 1 } })).toThrow(
      /batch as a whole number from 2 to 256, not 1/,
    )
  })
})
