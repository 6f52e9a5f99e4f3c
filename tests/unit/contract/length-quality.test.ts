import { expect, test } from 'vitest'
import { unmeasuredQuality } from '../../../contract/length-quality.ts'
import { findRecipe } from '../../../native-worker/trainer/recipes/registry.ts'

test.each([32, 48, 96, 128, 256])('at %i px nothing was measured, and so nothing is promised', (size) => {
  expect(unmeasuredQuality({ recipe: 'crgan', size, parameters: {} })).toBe('size')
})

test('at 64 px the defaults of crgan were measured, and nothing else was', () => {
  const of = (parameters: Parameters<typeof unmeasuredQuality>[0]['parameters']) =>
    unmeasuredQuality({ recipe: 'crgan', size: 64, parameters })
  const defaults = Object.fromEntries(findRecipe('crgan').parameters.map((each) => [each.name, each.default]))
  expect(of({})).toBeNull()
  expect(of(defaults)).toBeNull()
  for (const other of [{ base: 'none' }, { base: 'run' }, { edition: '1' }, { width: 'S' }, { latent: 32 }])
    expect(of({ ...defaults, ...other }), JSON.stringify(other)).toBe('settings')
  expect(unmeasuredQuality({ recipe: 'acgan', size: 64, parameters: {} })).toBe('recipe')
})
