import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ImageId, RunId, Sha256 } from '../../../../contract/ids.ts'
import type { Project } from '../../../../native-worker/project/open-project.ts'
import { ensureClass } from '../../../../native-worker/project/storage/classes.ts'
import { listSearchableImages, readGroupState, storeSearch } from '../../../../native-worker/project/storage/groups.ts'
import { insertImage } from '../../../../native-worker/project/storage/images.ts'
import { execute, inTransaction, selectAll } from '../../../../native-worker/project/storage/query.ts'
import {
  assignSplits,
  drawSplitsAnew,
  lockSplits,
  uncrossGroups,
} from '../../../../native-worker/project/storage/splits.ts'
import type { Split } from '../../../../contract/splits.ts'
import { testProject } from '../../../helpers/test-project.ts'

let pictures = 0
function addImage({ db }: Project, { className, given = null }: { className: string; given?: Split | null }): ImageId {
  const sha256 = (pictures++).toString(16).padStart(64, '0') as Sha256
  return insertImage(db, {
    classId: ensureClass(db, className),
    importId: 1,
    sha256,
    sizeBytes: 1,
    sourcePath: sha256,
    sourceWidth: 64,
    sourceHeight: 64,
    sourceSha256: sha256,
    fit: 'crop',
    shown: { x: 0, y: 0, width: 64, height: 64 },
    grey: null,
    page: 0,
    isPatch: false,
    givenSplit: given,
  })
}

/** As if a search had found these groups: `groups[i]` is that of the i-th image. */
function find({ db }: Project, groups: readonly number[]): void {
  const images = listSearchableImages(db)
  const middles = new Map<number, ImageId>()
  images.forEach(({ id }, index) => {
    const group = groups[index]
    if (group !== undefined && !middles.has(group)) middles.set(group, id)
  })
  const members = images.map(({ id }, index) => ({
    imageId: id,
    middleId: middles.get(groups[index] ?? -1) ?? null,
    correlation: 0.8,
    orientation: 'same' as const,
    part: null,
  }))
  inTransaction(db, () => {
    storeSearch(db, { members, threshold: 0.55, hint: null, images: images.length, unread: 0, pairs: 1, seconds: 1 })
    assignSplits(db)
  })
}

const crossing = ({ db }: Project): number => readGroupState(db).crossing
const splits = ({ db }: Project): readonly { readonly group: number | null; readonly split: Split }[] =>
  selectAll(db, 'SELECT group_id AS "group", split FROM images ORDER BY id')

test('no group crosses a split, whatever the groups, the shares and the seed', () => {
  const project = testProject()
  execute(project.db, "INSERT INTO imports (id, folder, fit, started_at) VALUES (1, '/in', 'crop', '')")
  for (let index = 0; index < 60; index++) addImage(project, { className: ['a', 'b', 'c'][index % 3] ?? 'a' })
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 25 }), { minLength: 60, maxLength: 60 }),
      fc.record({ val: fc.constantFrom(0, 0.15, 0.3), test: fc.constantFrom(0, 0.15, 0.3) }),
      fc.nat(1000),
      (groups, shares, seed) => {
        find(project, groups)
        expect(crossing(project)).toBe(0)
        drawSplitsAnew(project.db, { shares, seed })
        expect(crossing(project)).toBe(0)
        const sides = new Map<number, Split>()
        for (const { group, split } of splits(project)) {
          if (group === null) continue
          expect(sides.get(group) ?? split).toBe(split)
          sides.set(group, split)
        }
      },
    ),
    { numRuns: 40 },
  )
})

test('with locked splits a new image follows its group, and no other moves', () => {
  const project = testProject()
  execute(project.db, "INSERT INTO imports (id, folder, fit, started_at) VALUES (1, '/in', 'crop', '')")
  for (let index = 0; index < 30; index++) addImage(project, { className: 'a' })
  find(
    project,
    Array.from({ length: 30 }, (_, index) => Math.floor(index / 2)),
  )
  lockSplits(project.db, { run: null as RunId | null })
  const before = splits(project).map(({ split }) => split)
  const judged = before.indexOf('test')
  expect(judged).toBeGreaterThanOrEqual(0)
  addImage(project, { className: 'a' })
  find(project, [...Array.from({ length: 30 }, (_, index) => Math.floor(index / 2)), Math.floor(judged / 2)])
  const after = splits(project).map(({ split }) => split)
  expect(after.slice(0, 30)).toEqual(before)
  expect(after[30]).toBe('test')
  expect(crossing(project)).toBe(0)
  // A conflict that is there is said, and nothing moves.
  const trained = before.indexOf('train')
  find(
    project,
    after.map((_, index) => (index === judged || index === trained ? 1 : 100 + index)),
  )
  expect(splits(project).map(({ split }) => split)).toEqual(after)
  expect(crossing(project)).toBe(1)
})

test('given splits that cut a group stay until they are asked to move, and then the majority decides', () => {
  const project = testProject()
  execute(project.db, "INSERT INTO imports (id, folder, fit, started_at) VALUES (1, '/in', 'crop', '')")
  for (const given of ['train', 'test', 'test', 'train', 'val'] as const) addImage(project, { className: 'a', given })
  find(project, [1, 1, 1, 2, 2])
  expect(splits(project).map(({ split }) => split)).toEqual(['train', 'test', 'test', 'train', 'val'])
  expect(crossing(project)).toBe(2)
  expect(uncrossGroups(project.db)).toBe(2)
  expect(splits(project).map(({ split }) => split)).toEqual(['test', 'test', 'test', 'train', 'train'])
  expect(crossing(project)).toBe(0)
})
