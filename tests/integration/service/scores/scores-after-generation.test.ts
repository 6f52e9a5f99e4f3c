import { expect, test } from 'vitest'
import type { JobFinished } from '../../../../contract/jobs.ts'
import type { LocalClient } from '../../../../native-worker/service/ports/local-client.ts'
import { composedRun, testService } from '../../../helpers/test-service.ts'

const scoringOver = (client: LocalClient): Promise<JobFinished> =>
  new Promise((resolve) => {
    const stop = client.service.events.listen(({ name, payload }) => {
      if (name !== 'jobs.finished' || payload.kind !== 'scores.compute') return
      stop()
      resolve(payload)
    })
  })

test(
  'in the app candidates are scored by themselves after they were drawn; a class too small for limits says so',
  {
    timeout: 240_000,
  },
  async () => {
    const { client, folder } = testService(undefined, { keepsSchedule: true })
    const { runId, classId } = await composedRun(client, folder)
    const over = scoringOver(client)
    await client.perform('samples.generate', { runId, classId, count: 4 })
    expect(await over).toMatchObject({ outcome: { ok: true, result: { scored: 4, gate: { scored: 4, unscored: 0 } } } })
    const { items } = await client.request('samples.list', { runId, offset: 0, limit: 10 })
    expect(items).toHaveLength(4)
    for (const { scores, gate } of items) {
      expect(scores?.nearest).not.toBeNull()
      // Nothing is said with so few real images, and so nothing is held back.
      expect(gate).toEqual([])
    }
    const { classes, differences } = await client.request('scores.gate', {})
    expect(classes[0]?.limits.copyImage).toMatchObject({ kind: 'notMeaningful', needed: 30 })
    expect(differences).toMatchObject([{ auc: null, synthetic: 4 }])
    const typical = await client.request('scores.typical', { classId })
    expect(typical.length).toBeGreaterThan(0)
  },
)
