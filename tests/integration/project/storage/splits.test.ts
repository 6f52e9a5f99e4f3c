import Database from 'better-sqlite3'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { defaultThreshold } from '../../../../contract/groups.ts'
import type { ClassId, RunId, Sha256 } from '../../../../contract/ids.ts'
import { createProject } from '../../../../native-worker/project/create-project.ts'
import { openProject, type Project } from '../../../../native-worker/project/open-project.ts'
import { ensureClass, getClassByName, summarizeDataset } from '../../../../native-worker/project/storage/classes.ts'
import { insertImage, recordImages } from '../../../../native-worker/project/storage/images.ts'
import { insertImport } from '../../../../native-worker/project/storage/imports.ts'
import { listSearchableImages, storeSearch } from '../../../../native-worker/project/storage/groups.ts'
import { migrate } from '../../../../native-worker/project/storage/migrate.ts'
import { allMigrations } from '../../../../native-worker/project/storage/migrations/all-migrations.ts'
import { execute, selectAll } from '../../../../native-worker/project/storage/query.ts'
import { getRun } from '../../../../native-worker/project/storage/runs.ts'
import {
  assignSplits,
  drawSplitsAnew,
  lockSplits,
  readSplits,
} from '../../../../native-worker/project/storage/splits.ts'
import { errorCodeOf } from '../../../helpers/error-code.ts'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'
import { verifyProject } from '../../../../native-worker/project/verify-project.ts'
import { testProject } from '../../../helpers/test-project.ts'
import { testRun } from '../../../helpers/test-samples.ts'

let pictures = 0
function addImages({ db }: Project, { className, count }: { className: string; count: number }): void {
  const classId = ensureClass(db, className)
  const importId = insertImport(db, { folder: '/nowhere', fit: 'crop' })
  for (let index = 0; index < count; index++) {
    const sha256 = (pictures++).toString(16).padStart(64, '0') as Sha256
    const sizes = { sizeBytes: 1, sourceWidth: 1, sourceHeight: 1 }
    const id = insertImage(db, {
      classId,
      importId,
      sha256,
      ...sizes,
      sourcePath: sha256,
      sourceSha256: sha256,
      fit: 'crop',
      shown: { x: 0, y: 0, width: 64, height: 64 },
      grey: null,
      page: 0,
      isPatch: false,
      givenSplit: null,
    })
    recordImages(db, { firstId: id, lastId: id, size: 64 })
  }
  assignSplits(db)
}
/** As a search that found nobody alike. */
function compareAll({ db }: Project): void {
  const alone = { middleId: null, correlation: null, orientation: null, part: null }
  const members = listSearchableImages(db).map(({ id }) => ({ imageId: id, ...alone }))
  const figures = { images: members.length, unread: 0, pairs: 0, seconds: 0 }
  storeSearch(db, { members, threshold: defaultThreshold, hint: null, ...figures })
  assignSplits(db)
}
const sides = ({ db }: Project) =>
  new Map(
    selectAll<{ id: number; split: string | null }>(db, 'SELECT id, split FROM images ORDER BY id').map((row) => [
      row.id,
      row.split,
    ]),
  )

test('images are divided as they come, and again until a run has locked them', () => {
  const project = testProject()
  addImages(project, { className: 'pit', count: 40 })
  addImages(project, { className: 'rare', count: 2 })
  const { classes, split, imbalanceRatio } = summarizeDataset(project.db)
  expect(classes).toMatchObject([
    { name: 'pit', images: 40, splits: { train: 28, val: 6, test: 6 } },
    { name: 'rare', images: 2, splits: { train: 2, val: 0, test: 0 } },
  ])
  expect(imbalanceRatio).toBe(14)
  expect(split).toEqual({
    shares: { val: 0.15, test: 0.15 },
    seed: 1,
    lockedAt: null,
    lockedByRun: null,
    given: 0,
    undivided: 0,
  })

  drawSplitsAnew(project.db, { shares: { val: 0, test: 0.5 }, seed: 4 })
  expect(getClassByName(project.db, 'pit').splits).toEqual({ train: 20, val: 0, test: 20 })

  const run = testRun(project)
  expect(lockSplits(project.db, { run })).toMatchObject({ lockedByRun: run, lockedAt: expect.any(String) as string })
  const locked = readSplits(project.db)
  expect(lockSplits(project.db, { run: null })).toEqual(locked)
  expect(() => drawSplitsAnew(project.db, { shares: { val: 0.2, test: 0.2 }, seed: 1 })).toThrow(/run 1/)

  const before = sides(project)
  addImages(project, { className: 'pit', count: 60 })
  // A side for good is given to nothing that was not compared.
  expect(readSplits(project.db).undivided).toBe(60)
  expect(sides(project)).toEqual(
    new Map([...before, ...[...sides(project).keys()].slice(42).map((id) => [id, null] as const)]),
  )
  compareAll(project)
  const after = sides(project)
  for (const [id, split] of before) expect(after.get(id)).toBe(split)
  expect(getClassByName(project.db, 'pit').splits).toEqual({ train: 50, val: 0, test: 50 })
})

test('a locked project refuses by a code', async () => {
  const project = testProject()
  lockSplits(project.db, { run: null })
  expect(
    await errorCodeOf(async () => {
      await Promise.resolve()
      drawSplitsAnew(project.db, { shares: { val: 0.1, test: 0.1 }, seed: 1 })
    }),
  ).toBe('splits_locked')
})

test('projects of before are divided when they are opened, and their runs are known to have learned from everything', () => {
  const folder = join(temporaryFolder(), 'project')
  createProject({ folder, size: 32, channels: 1, sqliteBinding: null })
  const older = new Database(':memory:')
  migrate(older, { migrations: allMigrations.slice(0, 11) })
  older.exec(`
    INSERT INTO project (id, name, size, channels, is_sample, created_at) VALUES (1, 'old', 32, 1, 0, 'then');
    INSERT INTO classes (name, created_at) VALUES ('pit', 'then');
    INSERT INTO runs (recipe, status, engine, seed, parameters, versions, class_names, dataset_size, created_at)
      VALUES ('crgan', 'finished', 'wasm', 1, '{}', '{}', '["pit"]', 20, 'then');`)
  for (let index = 0; index < 20; index++)
    execute(
      older,
      `INSERT INTO images (class_id, sha256, size_bytes, source_path, source_width, source_height, source_sha256, created_at)
       VALUES (1, :sha256, 1, 'x', 1, 1, :sha256, 'then')`,
      { sha256: index.toString(16).padStart(64, '0') },
    )
  older.pragma('application_id = 1179407181')
  mkdirSync(folder, { recursive: true })
  execute(older, 'VACUUM INTO :file', { file: join(folder, 'older.sqlite') })
  older.close()
  const file = new Database(join(folder, 'older.sqlite'))
  migrate(file)
  expect(getRun(file, 1 as RunId).learnedFrom).toBe('all')
  expect(assignSplits(file)).toBe(0)
  expect(getClassByName(file, 'pit').splits).toEqual({ train: 14, val: 3, test: 3 })
  expect(getClassByName(file, 'pit').id).toBe(1 as ClassId)
  file.close()
  const project = openProject(folder, { sqliteBinding: null })
  expect(getRun(project.db, testRun(project)).learnedFrom).toBe('train')
  project.close()
})

test('a locked image that is moved to another side, or a lock that is taken away, is found', async () => {
  const problemsAfter = async (sql: string): Promise<readonly string[]> => {
    const project = testProject()
    addImages(project, { className: 'pit', count: 20 })
    lockSplits(project.db, { run: testRun(project) })
    addImages(project, { className: 'pit', count: 5 })
    compareAll(project)
    project.db.exec(sql)
    const broken = (await verifyProject({ project })).problems.filter(({ kind }) => kind === 'broken_record')
    return broken.map(({ path, detail }) => `${path}: ${detail}`)
  }
  // The pictures of this test are no files; what the record says is what counts.
  expect(await problemsAfter('')).toEqual([])
  const move = "UPDATE images SET split = 'train' WHERE id = (SELECT MIN(id) FROM images WHERE split = 'test')"
  expect(await problemsAfter(move)).toEqual([expect.stringContaining('was moved to another split past Flawsmith')])
  const unlock = 'DROP TRIGGER split_locks_never_vanish; DELETE FROM split_locks'
  expect((await problemsAfter(unlock)).filter((problem) => problem.startsWith('images'))).toHaveLength(25)
  expect(
    await problemsAfter('DROP TRIGGER split_locks_never_change; UPDATE split_locks SET test_share = 0.4, seed = 9'),
  ).toContain('split_locks 1: not what was recorded when written')
  expect(
    await problemsAfter(`DROP TRIGGER fixed_splits_never_change;
      UPDATE images SET split = 'train' WHERE split = 'test'; UPDATE fixed_splits SET split = 'train' WHERE split = 'test'`),
  ).not.toEqual([])
})
