import { expect, test } from 'vitest'
import { adviseClass } from '../../../../renderer/features/training/class-advice.ts'

const crgan = { id: 'crgan', scope: 'all-classes', trains: true } as const
const acgan = { id: 'acgan', scope: 'all-classes', trains: true } as const
const dcgan = { id: 'dcgan-96', scope: 'one-class', trains: true } as const
const procedural = { id: 'procedural', scope: 'all-classes', trains: false } as const

test.each([
  [0, crgan, 'empty'],
  [9, crgan, 'procedural'],
  [10, crgan, 'copies'],
  [32, dcgan, 'copies'],
  [80, crgan, 'small'],
  [240, crgan, 'enough'],
  [240, acgan, 'swallowed'],
  [2000, acgan, 'enough'],
  [5, procedural, 'enough'],
  [0, procedural, 'empty'],
] as const)('%i images with %o: %s', (images, recipe, kind) => {
  expect(adviseClass(images, { recipe, largest: 4000 }).kind).toBe(kind)
})

test('the largest class is not swallowed by itself', () => {
  expect(adviseClass(240, { recipe: acgan, largest: 240 }).kind).toBe('enough')
})
