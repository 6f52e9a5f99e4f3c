import { expect, test } from 'vitest'
import type { ClassId } from '../../../../contract/ids.ts'
import { adviseClass, adviseMarks } from '../../../../renderer/features/training/class-advice.ts'

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

test('marks of a class: background, enough, few, or how many are missing', () => {
  const entry = (classId: number, donors: number) => ({
    ...{ classId: classId as ClassId, name: '', images: 40, marked: donors, donors, none: 0 },
  })
  const marks = {
    classes: [entry(2, 20), entry(3, 4), entry(4, 1)],
    freeOfDefects: 1 as ClassId,
    suggestedFree: null,
  }
  expect([1, 2, 3, 4, 5].map((id) => adviseMarks(id, marks))).toEqual([
    { kind: 'background', tone: 'good' },
    { kind: 'donors', tone: 'good', donors: 20 },
    { kind: 'fewDonors', tone: 'warn', donors: 4 },
    { kind: 'donorsMissing', tone: 'bad', donors: 1, missing: 3 },
    null,
  ])
})
