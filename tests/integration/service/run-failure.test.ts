import { truncateSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { refuseUnlessEndedWell } from '../../../native-worker/cli/refuse-unless-ended-well.ts'
import { errorCodeOf } from '../../helpers/error-code.ts'
import { composedRun, testService } from '../../helpers/test-service.ts'

it('a run says by its code why it failed, on record and on the command line', { timeout: 60_000 }, async () => {
  const { client, folder } = testService()
  const { project, classId } = await composedRun(client, folder)
  const trained = { recipe: 'mlp-gan', classId, steps: 1, engine: 'cpu', parameters: { batch: 2 } } as const
  const { id: runId, status } = await client.waitForRun(await client.request('runs.start', trained))
  expect(status).toBe('finished')
  const file = join(project, 'runs', String(runId), 'checkpoints', 'step-00000001.safetensors')
  truncateSync(file, 300)

  const failed = await client.waitForRun(await client.request('runs.resume', { runId, steps: 2 }))
  expect(failed).toMatchObject({ status: 'failed', end: 'failed' })
  expect(failed.failure).toMatchObject({ code: 'checkpoint_invalid', details: { file } })
  expect(failed.message).toContain('cannot be used')
  expect(await client.request('runs.show', { runId })).toMatchObject({ failure: failed.failure })
  expect(await errorCodeOf(() => refuseUnlessEndedWell(failed))).toBe('checkpoint_invalid')

  const outOfMemory = { ...failed, failure: { code: 'out_of_memory', details: { freeBytes: 1 } } } as const
  expect(() => refuseUnlessEndedWell(outOfMemory)).toThrow(
    expect.objectContaining({ code: 'out_of_memory', details: { freeBytes: 1, run: runId, step: 1 } }) as Error,
  )
  // Recorded by a version without failure codes.
  expect(await errorCodeOf(() => refuseUnlessEndedWell({ ...failed, failure: null }))).toBe('compute_died')
  expect(await errorCodeOf(() => refuseUnlessEndedWell({ ...failed, failure: null, end: 'diverged' }))).toBe(
    'training_diverged',
  )
  refuseUnlessEndedWell({ ...failed, status: 'stopped' })
})
