import { expect, test } from 'vitest'
import type { ExportPlan } from '../../../../contract/export.ts'
import type { SampleId } from '../../../../contract/ids.ts'
import { verifyProject } from '../../../../native-worker/project/verify-project.ts'
import { chainHead } from '../../../../native-worker/project/record/chain-head.ts'
import { decide } from '../../../../native-worker/project/review/decide.ts'
import { findBrokenDecisions } from '../../../../native-worker/project/review/find-broken-decisions.ts'
import { undo } from '../../../../native-worker/project/review/undo.ts'
import { lastDecision } from '../../../../native-worker/project/storage/decisions.ts'
import { insertExport } from '../../../../native-worker/project/storage/exports.ts'
import {
  countReviews,
  getSample,
  insertSamples,
  listSamples,
  nextSampleSeed,
} from '../../../../native-worker/project/storage/samples.ts'
import { errorCodeOf } from '../../../helpers/error-code.ts'
import { testProject } from '../../../helpers/test-project.ts'
import { testCheckpointSha256, testRun, testSamples } from '../../../helpers/test-samples.ts'

async function setUp(count = 6) {
  const project = testProject()
  const { db } = project
  const ids = await testSamples(project, { className: 'pit', count })
  const states = () => ids.map((id) => getSample(db, id).state)
  return { project, db, ids, first: ids[0] as SampleId, second: ids[1] as SampleId, states }
}

test('decisions change state and counts, and may be changed', async () => {
  const { project, db, ids, first, second } = await setUp()
  expect(decide(project, { sampleIds: [first, second], action: 'accept', by: 'Ann' })).toMatchObject([
    { id: first, state: 'accepted', reason: null },
    { id: second, state: 'accepted', reason: null },
  ])
  decide(project, { sampleIds: [second], action: 'reject', reason: 'copy', by: 'Ben' })
  decide(project, { sampleIds: [ids[2] as SampleId], action: 'reject', by: 'Ben' })
  expect(getSample(db, second)).toMatchObject({ state: 'rejected', reason: 'copy' })
  expect(countReviews(db)).toMatchObject([
    { className: 'pit', real: 0, pending: 3, accepted: 1, rejected: 2, target: 0 },
  ])
  expect(listSamples(db, { state: 'rejected', offset: 0, limit: 10 })).toMatchObject({
    total: 2,
    items: [{ id: second }, { id: ids[2], reason: 'unspecified' }],
  })
  expect(listSamples(db, { offset: 4, limit: 10 }).items.map(({ id }) => id)).toEqual(ids.slice(4))
})

test('an unknown sample leaves everything as it was', async () => {
  const { project, first, states } = await setUp(2)
  const wrong = () => decide(project, { sampleIds: [first, 999 as SampleId], action: 'accept', by: 'Ann' })
  expect(await errorCodeOf(wrong)).toBe('sample_not_found')
  expect(states()).toEqual(['pending', 'pending'])
})

test('undo goes back call by call to the start, each inspector for themselves', async () => {
  const { project, db, first, second, states, ids } = await setUp(3)
  const third = ids[2] as SampleId
  decide(project, { sampleIds: [first, second], action: 'accept', by: 'Ann' })
  decide(project, { sampleIds: [first], action: 'reject', reason: 'artefact', by: 'Ann' })
  decide(project, { sampleIds: [third], action: 'accept', by: 'Ben' })
  expect(undo(db, { by: 'Ann' }).samples).toMatchObject([{ id: first, state: 'accepted' }])
  expect(undo(db, { by: 'Ann' })).toMatchObject({
    decision: { id: 1, action: 'accept', by: 'Ann', sampleIds: [first, second], exportsSince: [] },
    samples: [
      { id: first, state: 'pending' },
      { id: second, state: 'pending' },
    ],
  })
  expect(await errorCodeOf(() => undo(db, { by: 'Ann' }))).toBe('nothing_to_undo')
  expect(states()).toEqual(['pending', 'pending', 'accepted'])
  decide(project, { sampleIds: [first], action: 'reject', by: 'Ann' })
  undo(db, { by: 'Ann' })
  expect(states()).toEqual(['pending', 'pending', 'accepted'])
  expect(findBrokenDecisions(db)).toEqual([])
})

test('undo stops where the sitting began, and reopens what is older only when that very decision is confirmed', async () => {
  const { project, db, ids, first, second, states } = await setUp(3)
  decide(project, { sampleIds: [first], action: 'accept', by: 'Ann' })
  decide(project, { sampleIds: [second], action: 'reject', reason: 'copy', by: 'Ann' })
  const sittingAfter = lastDecision(db).id
  decide(project, { sampleIds: [ids[2] as SampleId], action: 'accept', by: 'Ann' })
  expect(undo(db, { by: 'Ann', sittingAfter }).samples).toMatchObject([{ id: ids[2], state: 'pending' }])
  const before = lastDecision(db).id
  expect(undo(db, { by: 'Ann', sittingAfter })).toMatchObject({
    decision: { id: 2, action: 'reject', reason: 'copy', by: 'Ann', sampleIds: [second] },
    samples: null,
  })
  // Another decision than the one that was shown: it asks again.
  expect(undo(db, { by: 'Ann', sittingAfter, confirmed: 1 }).samples).toBeNull()
  expect(lastDecision(db).id).toBe(before)
  expect(states()).toEqual(['accepted', 'rejected', 'pending'])
  expect(undo(db, { by: 'Ann', sittingAfter, confirmed: 2 }).samples).toMatchObject([{ id: second, state: 'pending' }])
  expect(findBrokenDecisions(db)).toEqual([])
})

test('an acceptance is named with the exports written since, and reopened only when confirmed', async () => {
  const { project, db, first, second } = await setUp(3)
  decide(project, { sampleIds: [first], action: 'accept', by: 'Ann' })
  const createdAt = new Date().toISOString()
  insertExport(db, {
    result: {
      out: '/exports/one',
      classes: {},
      files: 3,
      changedNames: [],
      unfinishedBeside: [],
      absent: [],
      missing: [],
      otherSize: 0,
      followed: null,
      pretraining: 0,
      undivided: 0,
    },
    plan: { layout: 'imagefolder' } as ExportPlan,
    manifestSha256: '0'.repeat(64),
    sumsSha256: '0'.repeat(64),
    createdAt,
    record: chainHead(db),
  })
  decide(project, { sampleIds: [second], action: 'reject', by: 'Ann' })
  expect(undo(db, { by: 'Ann' }).samples).toHaveLength(1)
  const { decision, samples } = undo(db, { by: 'Ann' })
  expect(samples).toBeNull()
  expect(decision.exportsSince).toEqual([{ folder: '/exports/one', createdAt }])
  expect(undo(db, { by: 'Ann', confirmed: decision.id }).samples).toMatchObject([{ state: 'pending' }])
})

test('undo does not touch what someone else decided later', async () => {
  const { project, db, first } = await setUp(1)
  decide(project, { sampleIds: [first], action: 'accept', by: 'Ann' })
  decide(project, { sampleIds: [first], action: 'reject', reason: 'copy', by: 'Ben' })
  expect(undo(db, { by: 'Ann' }).samples).toMatchObject([{ state: 'rejected', reason: 'copy' }])
  // Ann's acceptance was taken back, so it must not return with Ben's undo.
  expect(undo(db, { by: 'Ben' }).samples).toMatchObject([{ state: 'pending', reason: null }])
  expect(findBrokenDecisions(db)).toEqual([])
})

test('the head of the chain names the last record', async () => {
  const { project, db, first, second } = await setUp(2)
  const before = chainHead(db)
  decide(project, { sampleIds: [first, second], action: 'accept', by: 'Ann' })
  const { head } = await verifyProject({ project })
  expect(head).toEqual(chainHead(db))
  // Ann, and her two decisions together.
  expect(head?.length).toBe(before.length + 2)
  undo(db, { by: 'Ann' })
  expect(chainHead(db).length).toBe(before.length + 3)
  expect(chainHead(db).hash).not.toBe(head?.hash)
})

test('records cannot be changed or deleted', async () => {
  const { project, db, first } = await setUp(1)
  decide(project, { sampleIds: [first], action: 'accept', by: 'Ann' })
  expect(() => db.exec(`UPDATE decisions SET inspector_name = 'Eve'`)).toThrow('append-only')
  expect(() => db.exec('DELETE FROM decisions')).toThrow('append-only')
})

test.each([
  ['a changed record', `UPDATE decisions SET inspector_name = 'Eve' WHERE id = 2`, 'decision 2'],
  ['a changed time', `UPDATE decisions SET decided_at = '2020-01-01T00:00:00.000Z' WHERE id = 1`, 'decision 1'],
  ['a record taken out', 'UPDATE samples SET decision_id = NULL; DELETE FROM decisions WHERE id = 2', 'decision 3'],
  [
    'the last record taken out',
    'UPDATE samples SET decision_id = NULL; DELETE FROM decisions WHERE id = 3',
    'decision 3',
  ],
  ['a state changed past the records', `UPDATE samples SET state = 'accepted' WHERE id = 3`, 'sample 3'],
  [
    'a picture exchanged after the decision',
    `UPDATE samples SET sha256 = '${'e'.repeat(64)}' WHERE id = 1`,
    'sample 1',
  ],
])('%s is found', async (_, tampering, path) => {
  const { project, db, ids } = await setUp(3)
  for (const id of ids) decide(project, { sampleIds: [id], action: 'reject', reason: 'wrong_class', by: 'Ann' })
  expect(findBrokenDecisions(db)).toEqual([])
  db.exec('DROP TRIGGER decisions_never_change; DROP TRIGGER decisions_never_vanish; PRAGMA foreign_keys = OFF')
  db.exec(tampering)
  const { problems } = await verifyProject({ project })
  expect(problems).toContainEqual(expect.objectContaining({ kind: 'broken_decision_chain', path }))
})

test('drawing the same seed again is the same sample and keeps its decision', async () => {
  const { project, db } = await setUp(1)
  const runId = testRun(project)
  const [id] = await testSamples(project, { className: 'pit', count: 1, runId })
  decide(project, { sampleIds: [id as SampleId], action: 'accept', by: 'Ann' })
  const { classId, sha256 } = getSample(db, id as SampleId)
  expect(nextSampleSeed(db, { runId, classId })).toBe(1)
  const again = insertSamples(db, {
    runId,
    checkpointStep: 10,
    checkpointSha256: testCheckpointSha256,
    classId,
    images: [
      { seed: 0, sha256 },
      { seed: 1, sha256 },
    ],
  })
  expect(again[0]).toBe(id)
  expect(getSample(db, id as SampleId).state).toBe('accepted')
  expect(nextSampleSeed(db, { runId, classId })).toBe(2)
})

test('ten thousand samples are decided and listed without a wait', async () => {
  const { project, db, ids } = await setUp(1)
  const { classId, sha256 } = getSample(db, ids[0] as SampleId)
  const images = Array.from({ length: 10_000 }, (_, seed) => ({ seed, sha256 }))
  const many = insertSamples(db, {
    runId: testRun(project),
    checkpointStep: 1,
    checkpointSha256: testCheckpointSha256,
    classId,
    images,
  })
  decide(project, { sampleIds: many.slice(0, 5000), action: 'accept', by: 'Ann' })
  const start = performance.now()
  for (let i = 5000; i < 5050; i++) {
    decide(project, { sampleIds: [many[i] as SampleId], action: 'accept', by: 'Ann' })
    listSamples(db, { classId, state: 'pending', offset: 0, limit: 60 })
    countReviews(db)
  }
  expect((performance.now() - start) / 50).toBeLessThan(50)
  expect(undo(db, { by: 'Ann' }).samples).toHaveLength(1)
}, 30_000)
