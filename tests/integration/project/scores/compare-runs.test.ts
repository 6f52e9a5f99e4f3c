import { expect, test } from 'vitest'
import { compareRuns } from '../../../../native-worker/project/scores/compare-runs.ts'
import { referenceKey } from '../../../../native-worker/project/scores/reference-key.ts'
import { decide } from '../../../../native-worker/project/review/decide.ts'
import { getClassByName } from '../../../../native-worker/project/storage/classes.ts'
import { storeFigures } from '../../../../native-worker/project/storage/run-figures.ts'
import { storeDifference, storeReference } from '../../../../native-worker/project/storage/score-references.ts'
import { insertCheckpoint } from '../../../../native-worker/project/storage/checkpoints.ts'
import { execute, selectRow } from '../../../../native-worker/project/storage/query.ts'
import type { RunId, Sha256 } from '../../../../contract/ids.ts'
import { testProject } from '../../../helpers/test-project.ts'
import { testSamples } from '../../../helpers/test-samples.ts'

test('runs stand beside each other with what was measured against the images of today, and nothing else', async () => {
  const project = testProject()
  const { db } = project
  expect(compareRuns(project)).toEqual({ runs: [], isCurrent: false })
  const sampleIds = await testSamples(project, { className: 'pit', count: 5 })
  decide(project, { sampleIds: sampleIds.slice(0, 2), action: 'accept', by: 'Ann' })
  decide(project, { sampleIds: sampleIds.slice(2, 3), action: 'reject', reason: 'copy', by: 'Ann' })
  const { id: classId } = getClassByName(db, 'pit')
  const { runId } = selectRow<{ runId: RunId }>(db, 'SELECT run_id AS runId FROM samples LIMIT 1')
  const unmeasured = { kid: null, coverage: null, difference: null }
  expect(compareRuns(project).runs).toMatchObject([
    { runId, classId, className: 'pit', recipe: 'acgan', candidates: 5, accepted: 2, rejected: 1, ...unmeasured },
  ])

  const real = { size: project.size, train: 0, val: 0, folds: 0, accuracy: null, real: [] }
  const referenceId = storeReference(db, { ...real, key: referenceKey(project) })
  const counts = { runId, classId, real: 64, synthetic: 5 }
  storeFigures(db, {
    referenceId,
    figures: [
      { ...counts, name: 'kid', value: 0.31, floor: 0.02, needed: 60 },
      { ...counts, name: 'coverage', value: null, floor: null, needed: 30 },
    ],
  })
  storeDifference(db, { ...counts, referenceId, auc: 0.9, floor: 0.55 })
  const measured = compareRuns(project)
  expect(measured.isCurrent).toBe(true)
  expect(measured.runs[0]).toMatchObject({
    kid: { value: 0.31, floor: 0.02, real: 64, synthetic: 5 },
    coverage: { value: null, needed: 30 },
    difference: { auc: 0.9, floor: 0.55 },
  })

  // Measured again they take the place of the old ones; against other images none counts.
  storeFigures(db, { referenceId, figures: [{ ...counts, name: 'kid', value: 0.2, floor: 0.02, needed: 60 }] })
  expect(compareRuns(project).runs[0]?.kid?.value).toBe(0.2)
  storeReference(db, { ...real, key: 'another' })
  expect(compareRuns(project)).toMatchObject({ isCurrent: false, runs: [unmeasured] })
})

test('steps and seconds are those of the checkpoint that samples come from, not those lost with a process that was killed', async () => {
  const project = testProject()
  const { db } = project
  await testSamples(project, { className: 'pit', count: 1 })
  const { runId } = selectRow<{ runId: RunId }>(db, 'SELECT run_id AS runId FROM samples LIMIT 1')
  execute(db, 'UPDATE runs SET step = 298, seconds = 31 WHERE id = :runId', { runId })
  expect(compareRuns(project).runs[0]).toMatchObject({ steps: 298, seconds: 31 })
  insertCheckpoint(db, runId, { step: 275, seconds: 29, file: '275.safetensors', sha256: 'c'.repeat(64) as Sha256 })
  expect(compareRuns(project).runs[0]).toMatchObject({ steps: 275, seconds: 29 })
})
