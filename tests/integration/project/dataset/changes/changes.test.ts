import { describe, expect, test } from 'vitest'
import type { ClassId, ImageId } from '../../../../../contract/ids.ts'
import {
  leaveClassOut,
  mergeClasses,
  removeClass,
  renameClass,
} from '../../../../../native-worker/project/dataset/changes/change-classes.ts'
import {
  excludeImages,
  relabelImages,
  restoreImages,
} from '../../../../../native-worker/project/dataset/changes/change-images.ts'
import { listChanges } from '../../../../../native-worker/project/dataset/changes/list-changes.ts'
import { undoChanges } from '../../../../../native-worker/project/dataset/changes/undo-changes.ts'
import { undoImport } from '../../../../../native-worker/project/dataset/changes/undo-import.ts'
import { planExport } from '../../../../../native-worker/project/export/plan-export.ts'
import type { Project } from '../../../../../native-worker/project/open-project.ts'
import { findBrokenRecord } from '../../../../../native-worker/project/record/find-broken-record.ts'
import { decide } from '../../../../../native-worker/project/review/decide.ts'
import { findBrokenDecisions } from '../../../../../native-worker/project/review/find-broken-decisions.ts'
import { undo } from '../../../../../native-worker/project/review/undo.ts'
import {
  ensureClass,
  getClassByName,
  listClasses,
  summarizeDataset,
} from '../../../../../native-worker/project/storage/classes.ts'
import { listTrainingImages } from '../../../../../native-worker/project/storage/images.ts'
import { selectAll, selectRow } from '../../../../../native-worker/project/storage/query.ts'
import { countReviews, listSamples } from '../../../../../native-worker/project/storage/samples.ts'
import { lockSplits } from '../../../../../native-worker/project/storage/splits.ts'
import { errorCodeOf } from '../../../../helpers/error-code.ts'
import { testImages } from '../../../../helpers/test-images.ts'
import { testProject } from '../../../../helpers/test-project.ts'
import { testSamples } from '../../../../helpers/test-samples.ts'

const by = 'Ann'
const counts = ({ db }: Project) => Object.fromEntries(listClasses(db).map(({ name, images }) => [name, images]))
const classOf = ({ db }: Project, name: string) => getClassByName(db, name).id
const sideOf = ({ db }: Project, id: ImageId | undefined): string | null =>
  selectRow<{ split: string | null }>(db, 'SELECT split FROM images WHERE id = :id', { id: id ?? 0 }).split
const problems = ({ db }: Project) => [...findBrokenRecord(db), ...findBrokenDecisions(db)]
const failureOf = (work: () => unknown): unknown => {
  try {
    return work()
  } catch (thrown) {
    return thrown
  }
}
const first = (ids: readonly ImageId[] | undefined, count: number): readonly ImageId[] => (ids ?? []).slice(0, count)

describe('images', () => {
  test('move to another class and back; the class of the import stays on record', () => {
    const project = testProject()
    const { ids } = testImages(project, { pit: 10, scratch: 20 })
    const outcome = relabelImages(project.db, { ids: first(ids['scratch'], 3), classId: classOf(project, 'pit'), by })
    expect(outcome.images).toBe(3)
    expect(counts(project)).toEqual({ pit: 13, scratch: 17 })
    expect(
      selectAll(project.db, 'SELECT DISTINCT imported_class_id AS id FROM images WHERE class_id = :pit', {
        pit: classOf(project, 'pit'),
      }),
    ).toHaveLength(2)
    // What is so already is no change.
    expect(relabelImages(project.db, { ids: first(ids['scratch'], 3), classId: classOf(project, 'pit'), by })).toEqual({
      batch: null,
      images: 0,
    })
    undoChanges(project.db, { by, batch: outcome.batch ?? 0 })
    expect(counts(project)).toEqual({ pit: 10, scratch: 20 })
    expect(problems(project)).toEqual([])
  })

  test('an excluded image neither trains nor is exported, and comes back', () => {
    const project = testProject()
    const { ids } = testImages(project, { pit: 10, scratch: 20 })
    excludeImages(project.db, { ids: first(ids['pit'], 4), by })
    const pit = getClassByName(project.db, 'pit')
    expect(pit).toMatchObject({ images: 6, excluded: 4 })
    expect(listTrainingImages(project.db, pit.id)).toHaveLength(pit.splits.train)
    expect(planExport(project, { layout: 'imagefolder', target: 'max' }).classes).toMatchObject([
      { name: 'scratch', real: 20 },
      { name: 'pit', real: 6 },
    ])
    restoreImages(project.db, { ids: first(ids['pit'], 4), by })
    expect(counts(project)).toEqual({ pit: 10, scratch: 20 })
    expect(problems(project)).toEqual([])
  })

  test('with locked splits an image keeps its side under every class, and while it is excluded', () => {
    const project = testProject()
    const { ids } = testImages(project, { pit: 20, scratch: 20 })
    lockSplits(project.db, { run: null })
    const tested = first(ids['scratch'], 20).find((id) => sideOf(project, id) === 'test')
    if (tested === undefined) throw new Error('No test image.')
    relabelImages(project.db, { ids: [tested], classId: classOf(project, 'pit'), by })
    excludeImages(project.db, { ids: [tested], by })
    expect(sideOf(project, tested)).toBe('test')
    restoreImages(project.db, { ids: [tested], by })
    expect(sideOf(project, tested)).toBe('test')
    expect(problems(project)).toEqual([])
  })

  test('while splits are not locked, a class that grows is divided again', () => {
    const project = testProject()
    const { ids } = testImages(project, { pit: 2, scratch: 40 })
    expect(getClassByName(project.db, 'pit').splits).toEqual({ train: 2, val: 0, test: 0 })
    relabelImages(project.db, { ids: first(ids['scratch'], 20), classId: classOf(project, 'pit'), by })
    const { splits } = getClassByName(project.db, 'pit')
    expect(splits.val).toBeGreaterThan(0)
    expect(splits.test).toBeGreaterThan(0)
  })

  test('an unknown image changes nothing at all', async () => {
    const project = testProject()
    const { ids } = testImages(project, { pit: 3 })
    expect(
      await errorCodeOf(() => excludeImages(project.db, { ids: [...first(ids['pit'], 3), 99 as ImageId], by })),
    ).toBe('image_not_found')
    expect(counts(project)).toEqual({ pit: 3 })
    expect(selectAll(project.db, 'SELECT id FROM dataset_changes')).toEqual([])
  })
})

describe('classes', () => {
  test('a rename keeps what was accepted under the old name', async () => {
    const project = testProject()
    testImages(project, { pit: 4, scratch: 9 })
    const samples = await testSamples(project, { className: 'pit', count: 2 })
    decide(project, { sampleIds: samples, action: 'accept', by })
    renameClass(project.db, { classId: classOf(project, 'pit'), name: 'hole', by })
    expect(getClassByName(project.db, 'hole')).toMatchObject({ images: 4, accepted: 2 })
    expect(planExport(project, { layout: 'imagefolder', target: 'max' }).classes.map(({ name }) => name)).toEqual([
      'scratch',
      'hole',
    ])
    expect(problems(project)).toEqual([])
    project.db.exec(`UPDATE classes SET name = 'dot' WHERE name = 'hole'`)
    expect(problems(project).map(({ path }) => path)).toEqual(['classes 1', 'sample 1', 'sample 2'])
  })

  test('a name that another class bears is refused; one that was removed is free', async () => {
    const project = testProject()
    testImages(project, { pit: 4, scratch: 9 })
    const classId = classOf(project, 'pit')
    expect(await errorCodeOf(() => renameClass(project.db, { classId, name: 'scratch', by }))).toBe('class_exists')
    const removed = removeClass(project.db, { classId: classOf(project, 'scratch'), by })
    renameClass(project.db, { classId, name: 'scratch', by })
    expect(counts(project)).toEqual({ scratch: 4 })
    // Both would be called the same.
    undoChanges(project.db, { by, batch: removed.batch ?? 0 })
    expect(Object.keys(counts(project)).sort()).toEqual(['scratch', 'scratch (removed 2)'])
    expect(problems(project)).toEqual([])
  })

  test('a merge takes images and accepted candidates along, and can be taken back', async () => {
    const project = testProject()
    testImages(project, { pit: 4, scratch: 9, dent: 2 })
    const samples = await testSamples(project, { className: 'pit', count: 3 })
    decide(project, { sampleIds: samples.slice(0, 2), action: 'accept', by })
    const pit = classOf(project, 'pit')
    const dent = classOf(project, 'dent')
    mergeClasses(project.db, { classId: pit, into: dent, by })
    const merged = mergeClasses(project.db, { classId: dent, into: classOf(project, 'scratch'), by })
    expect(counts(project)).toEqual({ scratch: 15 })
    const scratch = classOf(project, 'scratch')
    expect(getClassByName(project.db, 'scratch')).toMatchObject({ accepted: 2, pending: 1 })
    expect(listSamples(project.db, { classId: scratch, offset: 0, limit: 9 })).toMatchObject({
      total: 3,
      items: [{ classId: scratch }, { classId: scratch }, { classId: scratch }],
    })
    expect(countReviews(project.db)).toMatchObject([{ className: 'scratch', accepted: 2 }])
    expect(planExport(project, { layout: 'imagefolder', target: 20 }).classes).toMatchObject([
      { name: 'scratch', real: 15, accepted: 2 },
    ])
    expect(ensureClass(project.db, 'pit')).toBe(scratch)
    expect(problems(project)).toEqual([])
    // What is decided now is decided on as a scratch; taking the merge back would make something else of it.
    decide(project, { sampleIds: samples.slice(2), action: 'accept', by })
    expect(await errorCodeOf(() => undoChanges(project.db, { by, batch: merged.batch ?? 0 }))).toBe('change_built_upon')
    undo(project.db, { by })
    undoChanges(project.db, { by, batch: merged.batch ?? 0 })
    expect(counts(project)).toEqual({ scratch: 9, dent: 6 })
    expect(getClassByName(project.db, 'dent')).toMatchObject({ accepted: 2, pending: 1 })
    expect(problems(project)).toEqual([])
  })

  test('into itself, into what is gone: refused', async () => {
    const project = testProject()
    testImages(project, { pit: 4, scratch: 9 })
    const pit = classOf(project, 'pit')
    const scratch = classOf(project, 'scratch')
    expect(await errorCodeOf(() => mergeClasses(project.db, { classId: pit, into: pit, by }))).toBe('invalid_request')
    removeClass(project.db, { classId: pit, by })
    expect(await errorCodeOf(() => mergeClasses(project.db, { classId: scratch, into: pit, by }))).toBe('class_removed')
    expect(await errorCodeOf(() => removeClass(project.db, { classId: pit, by }))).toBe('class_removed')
  })

  test('a class that is removed or left out neither trains nor is exported', async () => {
    const project = testProject()
    const { ids } = testImages(project, { pit: 4, scratch: 9, dent: 5 })
    removeClass(project.db, { classId: classOf(project, 'pit'), by })
    leaveClassOut(project.db, { classId: classOf(project, 'scratch'), leftOut: true, by })
    expect(counts(project)).toEqual({ scratch: 9, dent: 5 })
    expect(summarizeDataset(project.db)).toMatchObject({ imbalanceRatio: 1 })
    expect(planExport(project, { layout: 'imagefolder', target: 'max' }).classes.map(({ name }) => name)).toEqual([
      'dent',
    ])
    expect(await errorCodeOf(() => restoreImages(project.db, { ids: first(ids['pit'], 1), by }))).toBe('class_removed')
    leaveClassOut(project.db, { classId: classOf(project, 'scratch'), leftOut: false, by })
    expect(summarizeDataset(project.db).imbalanceRatio).toBeGreaterThan(1)
    expect(problems(project)).toEqual([])
  })
})

describe('imports', () => {
  test('an undone import takes its classes along, and they come back with the next', async () => {
    const project = testProject()
    testImages(project, { pit: 4 })
    const second = testImages(project, { pit: 3, dent: 5 })
    const undone = undoImport(project.db, { importId: second.importId, by })
    expect(undone.images).toBe(8)
    expect(counts(project)).toEqual({ pit: 4 })
    expect(await errorCodeOf(() => undoImport(project.db, { importId: 99, by }))).toBe('import_not_found')
    testImages(project, { dent: 2 })
    expect(counts(project)).toEqual({ pit: 4, dent: 2 })
    // The class is there again: to take the undo back would be to do it twice.
    expect(await errorCodeOf(() => undoChanges(project.db, { by, batch: undone.batch ?? 0 }))).toBe('change_built_upon')
    expect(problems(project)).toEqual([])
  })
})

describe('taking back', () => {
  test('in order: what was changed again later has to be taken back first, and everything can be done again', async () => {
    const project = testProject()
    const { ids } = testImages(project, { pit: 4, scratch: 9 })
    const moved = first(ids['scratch'], 2)
    const relabelled = relabelImages(project.db, { ids: moved, classId: classOf(project, 'pit'), by }).batch ?? 0
    const merged =
      mergeClasses(project.db, { classId: classOf(project, 'pit'), into: classOf(project, 'scratch'), by }).batch ?? 0
    const refusal = failureOf(() => undoChanges(project.db, { by, batch: relabelled }))
    // By the number that the list of changes shows, though that call changed four images and a class.
    expect(refusal).toMatchObject({ code: 'change_built_upon', details: { later: merged } })
    expect(String(refusal)).toContain(`(change ${merged}, classes merged)`)
    expect(listChanges(project.db, { offset: 0, limit: 9 }).items.map(({ batch }) => batch)).toContain(merged)
    const undone = undoChanges(project.db, { by, batch: merged }).batch ?? 0
    expect(await errorCodeOf(() => undoChanges(project.db, { by, batch: merged }))).toBe('change_built_upon')
    undoChanges(project.db, { by, batch: relabelled })
    expect(counts(project)).toEqual({ scratch: 9, pit: 4 })
    undoChanges(project.db, { by, batch: undone })
    expect(counts(project)).toEqual({ scratch: 13 })
    undoChanges(project.db, { by, batch: merged })
    // To what they were when the merge was done again, not when it was done first.
    expect(counts(project)).toEqual({ scratch: 9, pit: 4 })
    expect(await errorCodeOf(() => undoChanges(project.db, { by, batch: 999 }))).toBe('change_not_found')
    expect(problems(project)).toEqual([])
  })

  test('a log that was changed is found', () => {
    const project = testProject()
    const { ids } = testImages(project, { pit: 4 })
    excludeImages(project.db, { ids: first(ids['pit'], 1), by })
    expect(() => project.db.exec(`UPDATE dataset_changes SET changed_by = 'Bob'`)).toThrow('append-only')
    project.db.exec(`DROP TRIGGER dataset_changes_never_change; UPDATE dataset_changes SET changed_by = 'Bob'`)
    expect(problems(project)).toEqual([
      { kind: 'broken_record', path: 'dataset_changes 1', detail: 'not what was recorded when written' },
    ])
  })
})

describe('the history', () => {
  test('names classes as they were called then', () => {
    const project = testProject()
    const { ids } = testImages(project, { pit: 10, scratch: 20, fold: 5 })
    const [pit, scratch, fold] = ['pit', 'scratch', 'fold'].map((name) => classOf(project, name)) as [
      ClassId,
      ClassId,
      ClassId,
    ]
    relabelImages(project.db, { ids: first(ids['scratch'], 3), classId: pit, by })
    leaveClassOut(project.db, { classId: fold, leftOut: true, by })
    mergeClasses(project.db, { classId: fold, into: pit, by })
    renameClass(project.db, { classId: pit, name: 'pore', by })
    renameClass(project.db, { classId: scratch, name: 'line', by })
    const renamed = renameClass(project.db, { classId: pit, name: 'blowhole', by })
    undoChanges(project.db, { by, batch: renamed.batch ?? 0 })
    const told = listChanges(project.db, { offset: 0, limit: 20 }).items.map(
      ({ kind, className, to }) => `${kind}: ${className ?? ''} > ${to ?? ''}`,
    )
    expect(told).toEqual([
      'undo: blowhole > pore',
      'rename: pore > blowhole',
      'rename: scratch > line',
      'rename: pit > pore',
      'merge: fold > pit',
      'leave-out: fold > ',
      'relabel: scratch > pit',
    ])
  })
})
