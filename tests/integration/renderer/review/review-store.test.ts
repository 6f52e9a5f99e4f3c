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
