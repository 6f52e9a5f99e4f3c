import { expect, test } from 'vitest'
import type { RecipeDescription } from '../../../../contract/training.ts'
import type { ClassId } from '../../../../contract/ids.ts'
import type { MarksOverview } from '../../../../contract/marks.ts'
import type { RecipeMaterial } from '../../../../renderer/features/training/recipe-refusal.ts'
import { offerRecipes, proposeRecipe, refuseRecipe } from '../../../../renderer/features/training/recipe-refusal.ts'
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

const good = { id: 1 as ClassId, name: 'good' }
const at = (size: number, marks: MarksOverview | null = null): RecipeMaterial => ({
  size,
  channels: 1,
  marks,
  classes: [good, { id: 2, name: 'pits' }, { id: 3, name: 'scratches' }],
})
const marksWith = (
  donors: Readonly<Record<'pits' | 'scratches', number>>,
  more: Partial<MarksOverview> = {},
): MarksOverview => ({
  classes: Object.entries(donors).map(([name, count], index) => ({
    ...{ classId: (index + 2) as ClassId, name, images: 40 + index, marked: count, donors: count, none: 0 },
  })),
  freeOfDefects: good.id,
  suggestedFree: null,
  ...more,
})

test('takes what fits', () => {
  expect(refuseRecipe(recipe({}), at(64))).toBeNull()
})
test('names the reason it refuses', () => {
  expect(refuseRecipe(recipe({ channels: [3] }), at(64))).toEqual({ kind: 'channels', channels: 3 })
  expect(refuseRecipe(recipe({}), at(24))).toEqual({
    kind: 'size',
    takes: { kind: 'row', min: 32, max: 64, step: 8 },
  })
  const uneven = recipe({ sizes: [16, 24, 32, 48] })
  expect(refuseRecipe(uneven, at(64))).toEqual({
    kind: 'size',
    takes: { kind: 'list', sizes: [16, 24, 32, 48] },
  })
})

const transplant = recipe({ id: 'transplant', trains: false, composesFrom: 'marks' })
const procedural = recipe({ id: 'procedural', trains: false })
const crgan = recipe({ id: 'crgan' })

test('what moves defects says what is missing: the class free of defects first, then marks of the nearest class', () => {
  const refusalWith = (marks: MarksOverview | null) => refuseRecipe(transplant, at(64, marks))
  expect(refusalWith(marksWith({ pits: 0, scratches: 0 }, { freeOfDefects: null, suggestedFree: good.id }))).toEqual({
    kind: 'noFreeClass',
    suggested: 'good',
  })
  expect(refusalWith(marksWith({ pits: 1, scratches: 0 }))).toEqual({
    kind: 'marksMissing',
    className: 'pits',
    missing: 3,
  })
  expect(refusalWith(marksWith({ pits: 0, scratches: 0 }))).toMatchObject({ className: 'scratches', missing: 4 })
  expect(refusalWith(marksWith({ pits: 0, scratches: 4 }))).toBeNull()
  expect(refusalWith({ classes: [], freeOfDefects: good.id, suggestedFree: null })).toEqual({ kind: 'noDefectClass' })
  // Other recipes ask for no marks.
  expect(refuseRecipe(crgan, at(64, marksWith({ pits: 0, scratches: 0 })))).toBeNull()
})

test('what needs no training is offered first, of it what can be used; what is refused comes last', () => {
  const all = [crgan, transplant, recipe({ id: 'dcgan-96', sizes: [96] }), recipe({}), procedural]
  const ids = (marks: MarksOverview) => {
    const { composing, learning } = offerRecipes(all, at(64, marks))
    return [composing, learning].map((offers) => offers.map((offer) => offer.recipe.id))
  }
  const marked = marksWith({ pits: 5, scratches: 0 })
  const unmarked = marksWith({ pits: 0, scratches: 0 })
  expect(ids(marked)).toEqual([
    ['transplant', 'procedural'],
    ['crgan', 'acgan', 'dcgan-96'],
  ])
  expect(ids(unmarked)[0]).toEqual(['procedural', 'transplant'])
  expect(proposeRecipe(all, at(64, marked))?.id).toBe('transplant')
  expect(proposeRecipe(all, at(64, unmarked))?.id).toBe('crgan')
  // Not before it is known what is marked.
  expect(proposeRecipe(all, at(64))?.id).toBe('crgan')
  expect(proposeRecipe([recipe({ channels: [3] })], at(64))).toBeNull()
})

test('a run is as far as its nearer limit', () => {
  expect(runShare({ targetSteps: 100, targetMinutes: 10 }, { step: 20, seconds: 300 })).toBe(0.5)
  expect(runShare({ targetSteps: 100, targetMinutes: null }, { step: 120, seconds: 1 })).toBe(1)
  expect(runShare({ targetSteps: null, targetMinutes: null }, { step: 1, seconds: 1 })).toBeNull()
})
