import { cpSync, rmSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import type { SampleId } from '../../../../contract/ids.ts'
import { imageFile } from '../../../../native-worker/files/project-paths.ts'
import { createProject } from '../../../../native-worker/project/create-project.ts'
import { importFolder } from '../../../../native-worker/project/dataset/import-folder.ts'
import { planExport } from '../../../../native-worker/project/export/plan-export.ts'
import { writeExport } from '../../../../native-worker/project/export/write-export.ts'
import { openProject } from '../../../../native-worker/project/open-project.ts'
import type { Project } from '../../../../native-worker/project/open-project.ts'
import { decide } from '../../../../native-worker/project/review/decide.ts'
import { undo } from '../../../../native-worker/project/review/undo.ts'
import { ensureClass } from '../../../../native-worker/project/storage/classes.ts'
import { getSample } from '../../../../native-worker/project/storage/samples.ts'
import { verifyProject } from '../../../../native-worker/project/verify-project.ts'
import { createImagesClient } from '../../../../native-worker/service/children/images-client.ts'
import { drawClassFolders } from '../../../helpers/class-folders.ts'
import { errorCodeOf } from '../../../helpers/error-code.ts'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'
import { imagesChildEntry } from '../../../helpers/test-images-client.ts'
import { testSamples } from '../../../helpers/test-samples.ts'

const wish = { layout: 'imagefolder', target: 'max', splits: { val: 0.1, test: 0.1 } } as const

let template: string

/** Imported, generated, decided, exported: real 1–9, samples 1–3, of which the third was rejected and taken back. */
beforeAll(async () => {
  const root = await mkdtemp(join(tmpdir(), 'flawsmith-record-'))
  template = join(root, 'project')
  createProject({ folder: template, size: 32, channels: 1, sqliteBinding: null })
  const project = openProject(template, { sqliteBinding: null })
  const images = createImagesClient({
    node: process.execPath,
    entry: imagesChildEntry,
    onLog: (text) => process.stderr.write(text),
  })
  await drawClassFolders(join(root, 'source'), { good: 6, pit: 3 })
  await importFolder({ project, folder: join(root, 'source'), fit: 'crop', images })
  ensureClass(project.db, 'stain')
  const [first, second, third] = (await testSamples(project, { className: 'pit', count: 3 })) as SampleId[]
  decide(project, { sampleIds: [first as SampleId], action: 'accept', by: 'Ann' })
  decide(project, { sampleIds: [second as SampleId], action: 'reject', reason: 'copy', by: 'Ann' })
  decide(project, { sampleIds: [third as SampleId], action: 'reject', reason: 'artefact', by: 'Ben' })
  undo(project.db, { by: 'Ben' })
  await writeExport({ project, folder: join(root, 'out'), ...wish })
  project.close()
  return async () => {
    images.close()
    await rm(root, { recursive: true })
  }
}, 60_000)

function reviewedProject(): Project {
  const folder = join(temporaryFolder(), 'project')
  cpSync(template, folder, { recursive: true })
  const project = openProject(folder, { sqliteBinding: null })
  onTestFinished(() => project.close())
  return project
}

/** What a person with a database tool can do who knows of the triggers and puts them back. */
function edit(project: Project, sql: string): void {
  const { db } = project
  const triggers = db.prepare(`SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'`).all() as {
    name: string
    sql: string
  }[]
  db.pragma('foreign_keys = OFF')
  for (const { name } of triggers) db.exec(`DROP TRIGGER ${name}`)
  db.exec(sql)
  for (const { sql: trigger } of triggers) db.exec(trigger)
  db.pragma('foreign_keys = ON')
}

test('a project in which nothing was edited has no problems', async () => {
  const project = reviewedProject()
  expect((await verifyProject({ project })).problems).toEqual([])
})

test.each([
  ['a decision flipped', `UPDATE decisions SET action = 'reject', reason = 'copy' WHERE id = 1`, 'decision 1'],
  [
    'a decision given another class',
    `UPDATE decisions SET class_id = 1, class_name = 'good' WHERE id = 1`,
    'decision 1',
  ],
  ['a decision made one of the old form', 'UPDATE decisions SET format = 1 WHERE id = 4', 'decision 4'],
  [
    'the last decision deleted and its number given back',
    `UPDATE samples SET state = 'rejected', reason = 'artefact', decision_id = 3 WHERE id = 3;
     DELETE FROM decisions WHERE id = 4; UPDATE sqlite_sequence SET seq = 3 WHERE name = 'decisions'`,
    'decisions 4',
  ],
  [
    'all decisions erased',
    `UPDATE samples SET state = 'pending', reason = NULL, decision_id = NULL; DELETE FROM decisions;
     DELETE FROM sqlite_sequence WHERE name = 'decisions'`,
    'decisions 1',
  ],
  ['an accepted sample moved to another class', 'UPDATE samples SET class_id = 3 WHERE id = 1', 'sample 1'],
  ['the seed of a sample', 'UPDATE samples SET seed = 77 WHERE id = 1', 'sample 1'],
  ['the checkpoint step of a sample', 'UPDATE samples SET checkpoint_step = 77 WHERE id = 1', 'sample 1'],
  [
    'the checkpoint hash of a sample',
    `UPDATE samples SET checkpoint_sha256 = '${'d'.repeat(64)}' WHERE id = 1`,
    'sample 1',
  ],
  ['the seed of a sample nobody decided on', 'UPDATE samples SET seed = 77 WHERE id = 3', 'samples 1–3'],
  ['the parameters of a run', `UPDATE runs SET parameters = '{"batch":2}' WHERE id = 1`, 'sample 1'],
  ['the recipe of a run', `UPDATE runs SET recipe = 'crgan' WHERE id = 1`, 'runs 1'],
  ['what a run had learned from', 'UPDATE runs SET dataset_size = 999 WHERE id = 1', 'runs 1'],
  ['the source of a real image', `UPDATE images SET source_path = 'pit/other.png' WHERE id = 2`, 'images 1–9'],
  [
    'the source hash of a real image',
    `UPDATE images SET source_sha256 = '${'d'.repeat(64)}' WHERE id = 2`,
    'images 1–9',
  ],
  ['a real image relabelled', 'UPDATE images SET class_id = 2 WHERE id = 1', 'images 1–9'],
  ['a real image hidden', `UPDATE images SET state = 'excluded' WHERE id = 1`, 'images 1'],
  ['a real image fixed to the test split', `UPDATE images SET split = 'test' WHERE id = 1`, 'images 1'],
  ['a real image taken out', 'DELETE FROM images WHERE id = 9', 'images 1–9'],
  [
    'a real image slipped in',
    `INSERT INTO images (class_id, sha256, size_bytes, source_path, source_width, source_height, source_sha256, created_at)
     SELECT 2, '${'d'.repeat(64)}', size_bytes, 'x', 1, 1, '${'d'.repeat(64)}', created_at FROM images LIMIT 1`,
    'images',
  ],
  ['a class renamed', `UPDATE classes SET name = 'dent' WHERE id = 2`, 'classes 2'],
  ['the folder of an import', `UPDATE imports SET folder = '/elsewhere' WHERE id = 1`, 'imports 1'],
  ['an inspector renamed', `UPDATE inspectors SET name = 'Eve' WHERE id = 1`, 'inspectors 1'],
  ['the manifest hash of an export', `UPDATE exports SET manifest_sha256 = '${'d'.repeat(64)}'`, 'exports 1'],
  ['an export forgotten', 'DELETE FROM exports', 'exports 1'],
  ['the size of the project', 'UPDATE project SET size = 64', 'project 1'],
  ['an entry of the record', `UPDATE record SET digest = '${'d'.repeat(64)}' WHERE id = 2`, 'record 2'],
  ['an entry of the record taken out', 'DELETE FROM record WHERE id = 3', 'record 4'],
  ['the last entry of the record', 'DELETE FROM record WHERE id = (SELECT MAX(id) FROM record)', 'exports'],
  [
    'the last entry of the record with its number',
    `DELETE FROM record WHERE id = (SELECT MAX(id) FROM record);
     UPDATE sqlite_sequence SET seq = (SELECT MAX(id) FROM record) WHERE name = 'record'`,
    'exports',
  ],
  ['a number given back', `UPDATE sqlite_sequence SET seq = 1 WHERE name = 'images'`, 'sqlite_sequence'],
  ['the trigger against changes dropped', 'SELECT 1', 'trigger decisions_never_change', 'decisions_never_change'],
  ['the trigger of the record dropped', 'SELECT 1', 'trigger record_never_vanishes', 'record_never_vanishes'],
  ['an index dropped', 'DROP INDEX decisions_undone', 'index decisions_undone'],
  ['a column added', 'ALTER TABLE samples ADD COLUMN extra TEXT', 'table samples'],
  ['a table added', 'CREATE TABLE extra (text TEXT)', 'table extra'],
  [
    'a trigger that accepts everything',
    `CREATE TRIGGER extra AFTER INSERT ON samples BEGIN UPDATE samples SET state = 'accepted'; END`,
    'trigger extra',
  ],
])('%s is found', async (_, sql, path, dropped?: string) => {
  const project = reviewedProject()
  edit(project, sql)
  if (dropped !== undefined) project.db.exec(`DROP TRIGGER ${dropped}`)
  const { problems } = await verifyProject({ project })
  expect(problems.map((problem) => problem.path)).toContain(path)
})

test.each([
  ['moved to another class', 'UPDATE samples SET class_id = 3 WHERE id = 1'],
  ['with another seed', 'UPDATE samples SET seed = 77 WHERE id = 1'],
  ['of another checkpoint step', 'UPDATE samples SET checkpoint_step = 77 WHERE id = 1'],
  ['of another checkpoint', `UPDATE samples SET checkpoint_sha256 = '${'d'.repeat(64)}' WHERE id = 1`],
  ['of a run with other parameters', `UPDATE runs SET parameters = '{"batch":2}' WHERE id = 1`],
  ['with another picture', 'UPDATE samples SET sha256 = (SELECT sha256 FROM samples WHERE id = 2) WHERE id = 1'],
  ['whose class has another name', `UPDATE classes SET name = 'dent' WHERE id = 2`],
  ['whose decision was changed', `UPDATE decisions SET inspector_name = 'Eve' WHERE id = 1`],
  ['that was never accepted', `UPDATE samples SET state = 'accepted' WHERE id = 3`],
  ['that borrows a decision', `UPDATE samples SET state = 'accepted', decision_id = 1 WHERE id = 3`],
  ['that was rejected', `UPDATE samples SET state = 'accepted', reason = NULL WHERE id = 2`],
])('a sample %s is not exported as accepted', async (_, sql) => {
  const project = reviewedProject()
  expect(planExport(project, wish).classes.find(({ name }) => name === 'pit')?.synthetic).toBe(1)
  edit(project, sql)
  expect(await errorCodeOf(() => planExport(project, wish))).toBe('record_broken')
})

test('an older acceptance does not bring back a sample that was rejected since', async () => {
  const project = reviewedProject()
  decide(project, { sampleIds: [1 as SampleId], action: 'reject', reason: 'copy', by: 'Ben' })
  edit(project, `UPDATE samples SET state = 'accepted', reason = NULL, decision_id = 1 WHERE id = 1`)
  expect(await errorCodeOf(() => planExport(project, wish))).toBe('record_broken')
})

test('a picture that is missing or changed cannot be accepted, but rejected', async () => {
  const project = reviewedProject()
  const ids = await testSamples(project, { className: 'pit', count: 2 })
  const [gone, garbage] = ids as [SampleId, SampleId]
  const file = (id: SampleId): string => imageFile(project.imagesFolder, getSample(project.db, id).sha256)
  rmSync(file(gone))
  writeFileSync(file(garbage), 'garbage')
  const accept = (sampleIds: SampleId[]) => () => decide(project, { sampleIds, action: 'accept', by: 'Ann' })
  expect(await errorCodeOf(accept([gone]))).toBe('image_missing')
  expect(await errorCodeOf(accept([garbage]))).toBe('image_changed')
  expect(await errorCodeOf(accept([3 as SampleId, garbage]))).toBe('image_changed')
  expect([3 as SampleId, gone, garbage].map((id) => getSample(project.db, id).state)).toEqual(Array(3).fill('pending'))
  expect(decide(project, { sampleIds: ids, action: 'reject', by: 'Ann' })).toHaveLength(2)
})
