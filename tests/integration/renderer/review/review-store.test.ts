import { expect, test } from 'vitest'
import { Jobs } from '../../../../renderer/features/app/jobs.svelte.ts'
import { ExportStore } from '../../../../renderer/features/export/export-store.svelte.ts'
import { ReviewStore } from '../../../../renderer/features/review/review-store.svelte.ts'
import { connectPage } from '../../../helpers/connect-page.ts'
import { composedRun, testService } from '../../../helpers/test-service.ts'

test(
  'a queue is decided to its end, taken back, and what was accepted is planned for an export',
  { timeout: 120_000 },
  async () => {
    const { client, folder } = testService()
    const { runId, classId } = await composedRun(client, folder)
    await client.perform('samples.generate', { runId, classId, count: 3 })
    const service = connectPage(client.service)
    const jobs = new Jobs(service)
    const review = new ReviewStore({ service, jobs })
    await review.load()
    expect(review.samples).toHaveLength(3)
    expect(review.atEnd).toBe(false)
    const [first] = review.samples

    for (const decision of [{ action: 'accept' }, { action: 'reject', reason: 'copy' }, { action: 'accept' }] as const)
      await review.decide(decision, 'Ann')
    expect(review.atEnd).toBe(true)
    expect(review.current).toBeNull()
    // At the end no key decides.
    await review.decide({ action: 'reject', reason: 'copy' }, 'Ann')
    expect(review.samples.map(({ state }) => state)).toEqual(['accepted', 'rejected', 'accepted'])

    await review.undo('Ann')
    expect(review.atEnd).toBe(false)
    expect(review.current?.state).toBe('pending')
    await review.decide({ action: 'reject', reason: 'artefact' }, 'Ann')
    expect(review.samples.map(({ state }) => state)).toEqual(['accepted', 'rejected', 'rejected'])
    expect(review.samples[0]?.id).toBe(first?.id)

    const exports = new ExportStore({ service, jobs })
    await exports.load()
    exports.setTarget(50)
    await exports.loadPlan()
    expect(exports.plan?.classes.find((entry) => entry.classId === classId)).toMatchObject({
      accepted: 1,
      synthetic: 1,
    })
  },
)

test('many are selected, decided by one decision, and taken back together', { timeout: 120_000 }, async () => {
  const { client, folder } = testService()
  const { runId, classId } = await composedRun(client, folder)
  await client.perform('samples.generate', { runId, classId, count: 5 })
  const service = connectPage(client.service)
  const review = new ReviewStore({ service, jobs: new Jobs(service) })
  await review.load()
  review.pick(1, { extend: false, add: false })
  review.pick(3, { extend: true, add: false })
  expect(review.subjects.map(({ id }) => id)).toEqual(review.samples.slice(1, 4).map(({ id }) => id))
  review.pick(2, { extend: false, add: true })
  await review.decide({ action: 'reject', reason: 'artefact' }, 'Ann')
  expect(review.samples.map(({ state }) => state)).toEqual(['pending', 'rejected', 'pending', 'rejected', 'pending'])
  expect(review.selection.size).toBe(0)
  expect(review.pendingInQueue).toBe(3)
  await review.undo('Ann')
  expect(review.samples.every(({ state }) => state === 'pending')).toBe(true)
  expect(review.pendingInQueue).toBe(5)
  // Not scored: nothing is held back, and everything is found as such.
  review.setState('quarantined')
  expect(review.order).toEqual([])
  review.setState('all')
  review.setGateFilter('unscored')
  expect(review.order).toHaveLength(5)
})
