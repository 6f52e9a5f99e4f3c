import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { ImportReport } from '../../../../../contract/dataset.ts'
import type { ImageId } from '../../../../../contract/ids.ts'
import { mergeClasses, renameClass } from '../../../../../native-worker/project/dataset/changes/change-classes.ts'
import { relabelImages } from '../../../../../native-worker/project/dataset/changes/change-images.ts'
import { listChanges } from '../../../../../native-worker/project/dataset/changes/list-changes.ts'
import { undoChanges } from '../../../../../native-worker/project/dataset/changes/undo-changes.ts'
import { importFolder } from '../../../../../native-worker/project/dataset/import-folder.ts'
import type { Project } from '../../../../../native-worker/project/open-project.ts'
import { findBrokenRecord } from '../../../../../native-worker/project/record/find-broken-record.ts'
import { findUnloggedChanges } from '../../../../../native-worker/project/record/find-unlogged-changes.ts'
import { getClassByName, listClasses } from '../../../../../native-worker/project/storage/classes.ts'
import { selectAll, selectRow } from '../../../../../native-worker/project/storage/query.ts'
import { lockSplits } from '../../../../../native-worker/project/storage/splits.ts'
import { drawClassFolders } from '../../../../helpers/class-folders.ts'
import { temporaryFolder } from '../../../../helpers/temporary-folder.ts'
import { testImagesClient } from '../../../../helpers/test-images-client.ts'
import { testProject } from '../../../../helpers/test-project.ts'

const by = 'Ann'
const counts = ({ db }: Project) => Object.fromEntries(listClasses(db).map(({ name, images }) => [name, images]))
const classOf = ({ db }: Project, name: string) => getClassByName(db, name).id
const problems = ({ db }: Project) => [...findBrokenRecord(db), ...findUnloggedChanges(db)]

const history = ({ db }: Project): string[] =>
  listChanges(db, { offset: 0, limit: 20 }).items.map(({ kind, undoes, stands }) =>
    [kind, undoes === null ? '' : ` of ${undoes}`, stands ? ' stands' : ''].join(''),
  )

async function importClasses(project: Project, classes: Readonly<Record<string, number>>): Promise<ImportReport> {
  const folder = join(temporaryFolder(), 'images')
  await drawClassFolders(folder, classes)
  return importFolder({ project, folder, fit: 'crop', images: testImagesClient() })
}

test('an undone merge gives back what was imported under the merged name since, and doing it again takes it along', async () => {
  const project = testProject()
  await importClasses(project, { scratch: 4, scrape: 3 })
  const merge = mergeClasses(project.db, { classId: classOf(project, 'scrape'), into: classOf(project, 'scratch'), by })
  // Three are known, five are new.
  const report = await importClasses(project, { scrape: 8, scratch: 4 })
  expect(report).toMatchObject({ imported: 5, duplicates: 7 })
  expect(report.namedOtherwise).toEqual([{ name: 'scrape', className: 'scratch', images: 5 }])
  expect(report.skipped.every(({ reason }) => reason === 'duplicate')).toBe(true)
  expect(counts(project)).toEqual({ scratch: 12 })
  expect(problems(project)).toEqual([])

  expect(history(project)).toEqual(['merge stands', 'merge stands'])
  const undone = undoChanges(project.db, { by, batch: merge.batch ?? 0 })
  expect(undone.images).toBe(8)
  // What took the new ones along stands no more than the merge itself; the call is named by the merge.
  expect(history(project)).toEqual([`undo of ${merge.batch} stands`, 'merge', 'merge'])
  expect(counts(project)).toEqual({ scrape: 8, scratch: 4 })
  const again = undoChanges(project.db, { by, batch: undone.batch ?? 0 })
  expect(counts(project)).toEqual({ scratch: 12 })
  expect(history(project).slice(1)).toEqual([`undo of ${merge.batch}`, 'merge stands', 'merge stands'])
  undoChanges(project.db, { by, batch: again.batch ?? 0 })
  expect(counts(project)).toEqual({ scrape: 8, scratch: 4 })
  expect(problems(project)).toEqual([])
})

test('what somebody moved by hand stays; a chain of merges is taken back link by link', async () => {
  const project = testProject()
  await importClasses(project, { scratch: 4, scrape: 3, line: 2 })
  const first = mergeClasses(project.db, { classId: classOf(project, 'scrape'), into: classOf(project, 'line'), by })
  await importClasses(project, { scrape: 5 })
  const second = mergeClasses(project.db, { classId: classOf(project, 'line'), into: classOf(project, 'scratch'), by })
  await importClasses(project, { scrape: 7, line: 3 })
  expect(counts(project)).toEqual({ scratch: 14 })
  const [kept] = selectAll<{ id: ImageId }>(
    project.db,
    `SELECT id FROM images WHERE source_path = 'scrape/scrape_6.png'`,
  )
  await importClasses(project, { other: 1 })
  relabelImages(project.db, { ids: [kept?.id as ImageId], classId: classOf(project, 'other'), by })
  undoChanges(project.db, { by, batch: second.batch ?? 0 })
  expect(counts(project)).toEqual({ line: 9, scratch: 4, other: 2 })
  undoChanges(project.db, { by, batch: first.batch ?? 0 })
  expect(counts(project)).toEqual({ scrape: 6, scratch: 4, line: 3, other: 2 })
  expect(problems(project)).toEqual([])
})

test('a folder that bears the old name of a class goes where the class is now, and that is said', async () => {
  const project = testProject()
  await importClasses(project, { scrach: 4, pit: 3 })
  renameClass(project.db, { classId: classOf(project, 'scrach'), name: 'skratch', by })
  const undone = renameClass(project.db, { classId: classOf(project, 'skratch'), name: 'scratch', by })
  const report = await importClasses(project, { scrach: 6, pit: 3 })
  expect(report).toMatchObject({ imported: 2, duplicates: 7 })
  expect(report.namedOtherwise).toEqual([{ name: 'scrach', className: 'scratch', images: 2 }])
  const between = await importClasses(project, { skratch: 1 })
  expect(between.namedOtherwise).toEqual([{ name: 'skratch', className: 'scratch', images: 1 }])
  expect(counts(project)).toEqual({ scratch: 7, pit: 3 })

  // A class of the very name comes first; and a merge of the renamed class is followed, too.
  mergeClasses(project.db, { classId: classOf(project, 'scratch'), into: classOf(project, 'pit'), by })
  expect((await importClasses(project, { scrach: 8 })).namedOtherwise).toEqual([
    { name: 'scrach', className: 'pit', images: 2 },
  ])
  expect(undone.batch).not.toBeNull()
  renameClass(project.db, { classId: classOf(project, 'pit'), name: 'scrach', by })
  expect((await importClasses(project, { scrach: 9 })).namedOtherwise).toEqual([])
  expect(counts(project)).toEqual({ scrach: 13 })
  expect(problems(project)).toEqual([])
})

test('a class whose name differs in case only from one that was there before is said', async () => {
  const project = testProject()
  await importClasses(project, { scratch: 2, pit: 2 })
  expect((await importClasses(project, { dent: 2 })).reading?.remarks).toEqual([])
  expect((await importClasses(project, { Scratch: 3, fold: 2 })).reading?.remarks).toEqual([
    { kind: 'case_twins', names: ['Scratch', 'scratch'] },
  ])
})

test('images that follow a merge get no side before the import has compared them', async () => {
  const project = testProject()
  await importClasses(project, { scratch: 4, scrape: 3 })
  mergeClasses(project.db, { classId: classOf(project, 'scrape'), into: classOf(project, 'scratch'), by })
  lockSplits(project.db, { run: null })
  const folder = join(temporaryFolder(), 'images')
  await drawClassFolders(folder, { scrape: 8 })
  let undivided = 0
  await importFolder({
    ...{ project, folder, fit: 'crop', images: testImagesClient() },
    compare: () => {
      undivided = selectRow<{ count: number }>(
        project.db,
        'SELECT COUNT(*) AS count FROM images WHERE split IS NULL',
      ).count
      return Promise.resolve(false)
    },
  })
  expect(undivided).toBe(5)
})
