import { rmSync, writeFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import type { SampleId } from '../../../../contract/ids.ts'
import { imageFile } from '../../../../native-worker/files/project-paths.ts'
import { planExport } from '../../../../native-worker/project/export/plan-export.ts'
import { decide } from '../../../../native-worker/project/review/decide.ts'
import { release } from '../../../../native-worker/project/scores/release.ts'
import { getSample } from '../../../../native-worker/project/storage/samples.ts'
import { verifyProject } from '../../../../native-worker/project/verify-project.ts'
import { errorCodeOf } from '../../../helpers/error-code.ts'
import { editPastFlawsmith, exportWish, makeReviewedProject } from '../../../helpers/reviewed-project.ts'
import type { ReviewedProject } from '../../../helpers/reviewed-project.ts'
import { testSamples } from '../../../helpers/test-samples.ts'

let reviewed: ReviewedProject

beforeAll(async () => {
  reviewed = await makeReviewedProject()
  return () => reviewed.remove()
}, 60_000)

test('a project in which nothing was edited has no problems', async () => {
  const { project } = reviewed.copy()
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
  ['a candidate let out of quarantine', 'UPDATE samples SET released = 1 WHERE id = 3', 'samples 3'],
  ['the parameters of a run', `UPDATE runs SET parameters = '{"batch":2}' WHERE id = 1`, 'sample 1'],
  ['the recipe of a run', `UPDATE runs SET recipe = 'crgan' WHERE id = 1`, 'runs 1'],
  ['what a run had learned from', 'UPDATE runs SET dataset_size = 999 WHERE id = 1', 'runs 1'],
  ['the source of a real image', `UPDATE images SET source_path = 'pit/other.png' WHERE id = 2`, 'images 1–9'],
  [
    'the source hash of a real image',
    `UPDATE images SET source_sha256 = '${'d'.repeat(64)}' WHERE id = 2`,
    'images 1–9',
  ],
  ['a real image relabelled', 'UPDATE images SET class_id = 2 WHERE id = 1', 'images 1'],
  ['the label a real image came with', 'UPDATE images SET imported_class_id = 2 WHERE id = 1', 'images 1–9'],
  ['the picture of a real image', `UPDATE images SET sha256 = '${'d'.repeat(64)}' WHERE id = 1`, 'images 1'],
  ['a class left out', 'UPDATE classes SET left_out = 1 WHERE id = 1', 'classes 1'],
  ['a real image hidden', `UPDATE images SET state = 'excluded' WHERE id = 1`, 'images 1'],
  [
    'a real image moved to another split',
    `UPDATE images SET split = CASE split WHEN 'test' THEN 'train' ELSE 'test' END WHERE id = 1`,
    'images 1',
  ],
  ['a real image taken out', 'DELETE FROM images WHERE id = 9', 'images 1–9'],
  [
    'a real image slipped in',
    `INSERT INTO images (imported_class_id, class_id, imported_sha256, sha256, imported_size_bytes, size_bytes, source_path,
                         source_width, source_height, source_sha256, fit, rect_x, rect_y, rect_width, rect_height, created_at)
     SELECT 2, 2, '${'d'.repeat(64)}', '${'d'.repeat(64)}', size_bytes, size_bytes, 'x', 1, 1, '${'d'.repeat(64)}', fit, 0, 0, 1, 1,
            created_at FROM images LIMIT 1`,
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
  const { project } = reviewed.copy()
  editPastFlawsmith(project, sql)
  if (dropped !== undefined) project.db.exec(`DROP TRIGGER ${dropped}`)
  const { problems } = await verifyProject({ project })
  expect(problems.map((problem) => problem.path)).toContain(path)
})

test('a candidate that a person let out of quarantine is as it should be, and put back it is found', async () => {
  const { project } = reviewed.copy()
  project.db.exec(`UPDATE samples SET gate = '["copy"]' WHERE id = 3`)
  release(project, { sampleIds: [3 as SampleId], by: 'Ann' })
  expect((await verifyProject({ project })).problems).toEqual([])
  editPastFlawsmith(project, 'UPDATE samples SET released = 0 WHERE id = 3')
  expect((await verifyProject({ project })).problems.map(({ path }) => path)).toEqual(['samples 3'])
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
  const { project } = reviewed.copy()
  expect(planExport(project, exportWish).classes.find(({ name }) => name === 'pit')?.synthetic).toBe(1)
  editPastFlawsmith(project, sql)
  expect(await errorCodeOf(() => planExport(project, exportWish))).toBe('record_broken')
})

test('an older acceptance does not bring back a sample that was rejected since', async () => {
  const { project } = reviewed.copy()
  decide(project, { sampleIds: [1 as SampleId], action: 'reject', reason: 'copy', by: 'Ben' })
  editPastFlawsmith(project, `UPDATE samples SET state = 'accepted', reason = NULL, decision_id = 1 WHERE id = 1`)
  expect(await errorCodeOf(() => planExport(project, exportWish))).toBe('record_broken')
})

test('a picture that is missing or changed cannot be accepted, but rejected', async () => {
  const { project } = reviewed.copy()
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
