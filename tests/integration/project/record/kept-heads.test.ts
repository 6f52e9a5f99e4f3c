import { cpSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import type { SampleId } from '../../../../contract/ids.ts'
import { backupFile, backupsFolder } from '../../../../native-worker/files/project-paths.ts'
import { verifyExport } from '../../../../native-worker/project/export/verify-export.ts'
import type { Project } from '../../../../native-worker/project/open-project.ts'
import { chainHead } from '../../../../native-worker/project/record/chain-head.ts'
import { decide } from '../../../../native-worker/project/review/decide.ts'
import { findBrokenDecisions } from '../../../../native-worker/project/review/find-broken-decisions.ts'
import { takeBackup } from '../../../../native-worker/project/storage/backups.ts'
import { decisionColumns, hashDecision } from '../../../../native-worker/project/storage/decisions.ts'
import type { Decision } from '../../../../native-worker/project/storage/decisions.ts'
import { selectAll } from '../../../../native-worker/project/storage/query.ts'
import { firstPreviousHash, recordKinds, recordRows } from '../../../../native-worker/project/storage/record.ts'
import { verifyProject } from '../../../../native-worker/project/verify-project.ts'
import { editPastFlawsmith, makeReviewedProject } from '../../../helpers/reviewed-project.ts'
import type { ReviewedProject } from '../../../helpers/reviewed-project.ts'

let reviewed: ReviewedProject

beforeAll(async () => {
  reviewed = await makeReviewedProject()
  return () => reviewed.remove()
}, 60_000)

/**
 * Erases every decision, writes others with the functions of Flawsmith itself, makes the whole record anew and removes the
 * witnesses inside the project: everything that can be done without a copy from outside.
 */
function rewriteEverything(project: Project): void {
  const { db } = project
  editPastFlawsmith(project, () => {
    db.exec(`
      UPDATE samples SET state = 'pending', reason = NULL, decision_id = NULL;
      DELETE FROM decisions; DELETE FROM record; DELETE FROM exports;
      DELETE FROM sqlite_sequence WHERE name IN ('decisions', 'record', 'exports')`)
    for (const kind of recordKinds) {
      const { newest } = db.prepare(`SELECT COALESCE(MAX(id), 0) AS newest FROM ${kind}`).get() as { newest: number }
      if (newest > 0) recordRows(db, { kind, firstId: 1, lastId: newest })
    }
  })
  decide(project, { sampleIds: [1, 2, 3] as SampleId[], action: 'accept', by: 'Ann' })
  for (const name of readdirSync(backupsFolder(project.folder))) rmSync(backupFile(project.folder, name))
}

const kinds = (problems: readonly { kind: string; path: string }[]): string[] =>
  problems.map(({ kind, path }) => `${kind} ${path}`)

test('a record rewritten in all its parts contradicts nothing but what was kept outside', async () => {
  const { project, out } = reviewed.copy()
  const kept = chainHead(project.db)
  rewriteEverything(project)
  expect((await verifyProject({ project })).problems).toEqual([])

  for (const hash of [kept.hash, kept.hash.slice(0, 16)]) {
    const { problems } = await verifyProject({ project, kept: { length: 5, hash } })
    expect(kinds(problems)).toEqual(['rewritten_record kept head'])
  }
  const longer = await verifyProject({ project, kept: { length: 500, hash: kept.hash } })
  expect(longer.problems[0]?.detail).toContain('once had 500 entries')
  const carried = await verifyExport({ folder: out, db: project.db })
  expect(kinds(carried.problems)).toEqual(['changed_file manifest.csv', 'rewritten_record export.json'])
})

test('a record that only grew agrees with every end of it that was kept', async () => {
  const { project, out } = reviewed.copy()
  const kept = chainHead(project.db)
  takeBackup(project.db, project.folder)
  decide(project, { sampleIds: [2 as SampleId], action: 'accept', by: 'Ann' })
  expect(chainHead(project.db).length).toBeGreaterThan(kept.length)
  for (const hash of [kept.hash, kept.hash.slice(0, 16)])
    expect((await verifyProject({ project, kept: { length: kept.length, hash } })).problems).toEqual([])
  const report = await verifyExport({ folder: out, db: project.db, kept })
  expect(report).toMatchObject({ problems: [], head: { length: kept.length - 1 } })
})

test('the list of exports and the backups are witnesses too', async () => {
  const { project } = reviewed.copy()
  const backup = takeBackup(project.db, project.folder)
  cpSync(backupFile(project.folder, backup.file), join(project.folder, '..', 'kept.sqlite'))
  rewriteEverything(project)
  cpSync(join(project.folder, '..', 'kept.sqlite'), backupFile(project.folder, backup.file))
  expect(kinds((await verifyProject({ project })).problems)).toEqual([`rewritten_record backups/${backup.file}`])

  const other = reviewed.copy().project
  editPastFlawsmith(other, `UPDATE exports SET record_hash = '${'d'.repeat(64)}'`)
  const found = kinds((await verifyProject({ project: other })).problems)
  expect(found).toContain('broken_record exports 1')
  expect(found.filter((each) => each.startsWith('rewritten_record export '))).toHaveLength(1)
})

test('a decision flipped with all hashes after it made anew is found without anything kept', async () => {
  const { project } = reviewed.copy()
  const { db } = project
  editPastFlawsmith(project, () => {
    let previousHash = firstPreviousHash
    for (const decision of selectAll<Decision>(db, `SELECT ${decisionColumns} FROM decisions ORDER BY id`)) {
      const flipped = { ...decision, previousHash, action: decision.id === 2 ? ('accept' as const) : decision.action }
      previousHash = hashDecision(flipped)
      db.prepare('UPDATE decisions SET action = ?, previous_hash = ?, hash = ? WHERE id = ?').run(
        flipped.action,
        flipped.previousHash,
        previousHash,
        flipped.id,
      )
    }
    db.exec(`UPDATE samples SET state = 'accepted', reason = NULL WHERE id = 2`)
  })
  expect(findBrokenDecisions(db)).toEqual([])
  expect(kinds((await verifyProject({ project })).problems)).toContain('broken_record decisions 2')
})
