import pino from 'pino'
import { describe, expect, it } from 'vitest'
import { FlawsmithError } from '../../../contract/errors.ts'
import type { AnyEvent } from '../../../native-worker/service/ports/event-hub.ts'
import { EventHub } from '../../../native-worker/service/ports/event-hub.ts'
import { Jobs } from '../../../native-worker/service/jobs/jobs.ts'

function startedJobs(): { jobs: Jobs; events: AnyEvent[]; finished: Promise<AnyEvent> } {
  const hub = new EventHub()
  const events: AnyEvent[] = []
  const finished = new Promise<AnyEvent>((resolve) => {
    hub.listen((event) => {
      events.push(event)
      if (event.name === 'jobs.finished') resolve(event)
    })
  })
  return {
    jobs: new Jobs({ events: hub, log: pino({ level: 'silent' }), expect: (thrown) => thrown }),
    events,
    finished,
  }
}

describe('Jobs', () => {
  it('tells the id before the first event and the result at the end', async () => {
    const { jobs, events, finished } = startedJobs()
    const { jobId } = jobs.start('samples.generate', ({ report }) => {
      report(1, 1)
      return Promise.resolve({ samples: [] })
    })
    expect(events).toEqual([])
    expect(jobs.active()).toEqual([{ jobId, kind: 'samples.generate', done: 0, total: null }])
    await expect(finished).resolves.toMatchObject({
      payload: { jobId, outcome: { ok: true, result: { samples: [] } } },
    })
    expect(jobs.active()).toEqual([])
  })

  it('reports progress at most ten times a second, and always the end', async () => {
    const { jobs, events, finished } = startedJobs()
    jobs.start('samples.generate', ({ report }) => {
      for (let done = 1; done <= 1000; done += 1) report(done, 1000)
      return Promise.resolve({ samples: [] })
    })
    await finished
    const progress = events.filter(({ name }) => name === 'jobs.progressed')
    expect(progress.length).toBeLessThan(20)
    expect(progress.at(-1)).toMatchObject({ payload: { done: 1000, total: 1000 } })
  })

  it('keeps the code of an expected failure and hides what was not expected', async () => {
    const expected = startedJobs()
    expected.jobs.start('exports.run', () => Promise.reject(new FlawsmithError('disk_full', 'full', { folder: '/x' })))
    await expect(expected.finished).resolves.toMatchObject({
      payload: { outcome: { ok: false, failure: { code: 'disk_full', details: { folder: '/x' } } } },
    })
    const unexpected = startedJobs()
    unexpected.jobs.start('exports.run', () => Promise.reject(new Error('secret path /home/x')))
    const event = await unexpected.finished
    expect(event).toMatchObject({ payload: { outcome: { ok: false, failure: { code: 'internal' } } } })
    expect(JSON.stringify(event)).not.toContain('secret')
  })

  it('cancels: the work hears of it and the job ends as cancelled', async () => {
    const { jobs, finished } = startedJobs()
    const { jobId } = jobs.start(
      'dataset.import',
      ({ signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            reject(new Error('stopped on request'))
          })
        }),
    )
    // The work starts on the next turn.
    await new Promise((resolve) => setImmediate(resolve))
    jobs.cancel(jobId)
    await expect(finished).resolves.toMatchObject({
      payload: { outcome: { ok: false, failure: { code: 'cancelled' } } },
    })
  })

  it('says of a cancelled job what it left: in the words of its work, else by its kind', async () => {
    const said = async (kind: 'exports.run' | 'samples.generate', thrown: Error): Promise<unknown> => {
      const { jobs, finished } = startedJobs()
      const { jobId } = jobs.start(kind, () => Promise.reject(thrown))
      jobs.cancel(jobId)
      const { payload } = (await finished) as { readonly payload: unknown }
      return payload
    }
    const own = new FlawsmithError('cancelled', '3 of 9 stay.', { done: 3 })
    expect(await said('exports.run', own)).toMatchObject({
      outcome: { failure: { code: 'cancelled', message: '3 of 9 stay.', details: { done: 3 } } },
    })
    expect(await said('samples.generate', new Error('stopped'))).toMatchObject({
      outcome: { failure: { message: 'Cancelled; what was finished before stays.' } },
    })
    expect(await said('exports.run', new Error('stopped'))).toMatchObject({
      outcome: { failure: { message: 'Cancelled; nothing was left half-done.' } },
    })
  })
})
