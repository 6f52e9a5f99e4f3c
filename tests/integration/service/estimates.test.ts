import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pino from 'pino'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { RunEstimate, RunSummary } from '../../../contract/training.ts'
import { LocalClient } from '../../../native-worker/service/ports/local-client.ts'
import { findComputeRuntime } from '../../../native-worker/service/children/compute-runtime.ts'
import { Service } from '../../../native-worker/service/service.ts'
import { Warnings } from '../../../native-worker/service/warnings.ts'
import { drawClassFolders } from '../../helpers/class-folders.ts'
import { errorCodeOf } from '../../helpers/error-code.ts'
import { probedCache } from '../../helpers/probed-cache.ts'
import { temporaryFolder } from '../../helpers/temporary-folder.ts'

const recipe = { recipe: 'acgan', engine: 'wasm', parameters: { batch: 4 } } as const
let client: LocalClient
let project: string

/** A whole service with a 16 px project of two classes open; its children are the real ones. */
beforeEach(async () => {
  const folder = temporaryFolder()
  const service = new Service({
    folders: { data: join(folder, 'data'), cache: probedCache(), logs: join(folder, 'logs') },
    runtime: findComputeRuntime(join(import.meta.dirname, '../../../native-worker')),
    sqliteBinding: null,
    keepsSchedule: false,
    log: pino({ level: 'silent' }),
    warnings: new Warnings(),
  })
  onTestFinished(() => service.close())
  client = new LocalClient({ service, signal: new AbortController().signal, onProgress: () => undefined })
  await drawClassFolders(join(folder, 'images'), { good: 9, scratch: 4 })
  project = join(folder, 'project')
  await client.request('projects.create', { folder: project, size: 16, channels: 1 })
  await client.perform('dataset.import', { folder: join(folder, 'images'), fit: 'crop' })
})

function measuredOf(estimate: RunEstimate): Extract<RunEstimate, { kind: 'measured' }> {
  if (estimate.kind !== 'measured') throw new Error(`not measured: ${JSON.stringify(estimate)}`)
  return estimate
}

describe('the estimate of a run', { timeout: 120_000 }, () => {
  it('is measured once, and holds for every length', async () => {
    const first = measuredOf(await client.request('runs.estimate', { ...recipe, steps: 400 }))
    expect(first).toMatchObject({ engine: 'wasm', steps: 400, memory: { fits: true } })
    expect(first.stepMs).toBeGreaterThan(0)
    expect(first.timedSteps).toBeGreaterThanOrEqual(1)
    expect(first.seconds).toBeCloseTo(0.4 * first.stepMs, 6)
    // Node with tfjs and its kernels alone is more; a child that swallowed the machine would be far more.
    expect(first.peakMemoryBytes).toBeGreaterThan(50e6)
    expect(first.peakMemoryBytes).toBeLessThan(4e9)

    const longer = measuredOf(await client.request('runs.estimate', { ...recipe, minutes: 5 }))
    expect(longer).toMatchObject({ measuredAt: first.measuredAt, stepMs: first.stepMs })
    expect(longer.steps).toBe(Math.ceil(300_000 / first.stepMs))

    const wider = measuredOf(await client.request('runs.estimate', { ...recipe, parameters: { batch: 8 }, steps: 400 }))
    expect(wider.measuredAt).not.toBe(first.measuredAt)
    expect(wider.checkpointBytes).toBe(first.checkpointBytes)

    // What it says of the checkpoint is what a run writes, but for the header.
    const run = await client.waitForRun(await client.request('runs.start', { ...recipe, steps: 2 }))
    const file = join(project, 'runs', String(run.id), 'checkpoints', 'step-00000002.safetensors')
    const headerBytes = (await stat(file)).size - first.checkpointBytes
    expect(headerBytes).toBeGreaterThan(0)
    expect(headerBytes).toBeLessThan(20_000)
  })

  it('refuses what a run would refuse, and has nothing to measure where nothing is learned', async () => {
    expect(await errorCodeOf(() => client.request('runs.estimate', recipe))).toBe('invalid_request')
    const outOfRange = { ...recipe, steps: 1, parameters: { batch: 1000 } }
    expect(await errorCodeOf(() => client.request('runs.estimate', outOfRange))).toBe('parameter_out_of_range')
    const noClass = { recipe: 'dcgan-96', engine: 'wasm', steps: 1 } as const
    expect(await errorCodeOf(() => client.request('runs.estimate', noClass))).toBe('class_not_found')
    expect(await client.request('runs.estimate', { recipe: 'procedural', engine: 'wasm' })).toEqual({
      kind: 'untrained',
      engine: 'wasm',
    })
  })

  it('gives way: to a newer question, and to a run', async () => {
    const older = errorCodeOf(() => client.request('runs.estimate', { ...recipe, steps: 10 }))
    const newer = client.request('runs.estimate', { ...recipe, parameters: { batch: 2 }, steps: 10 })
    expect(await older).toBe('cancelled')
    expect((await newer).kind).toBe('measured')

    const interrupted = errorCodeOf(() => client.request('runs.estimate', { ...recipe, steps: 10 }))
    await wait(300)
    const run: RunSummary = await client.request('runs.start', { ...recipe, steps: 1_000_000 })
    expect(await interrupted).toBe('cancelled')
    const asked = { ...recipe, parameters: { batch: 2 }, steps: 20 } as const
    expect(await client.request('runs.estimate', asked)).toMatchObject({
      kind: 'busy',
      busyWith: { run: run.id },
      last: { steps: 20 },
    })
    expect(await client.request('runs.estimate', { ...recipe, steps: 20 })).toMatchObject({ kind: 'busy', last: null })
    await client.request('runs.stop', { runId: run.id })
    await client.waitForRun(run)
    expect((await client.request('runs.estimate', asked)).kind).toBe('measured')
  })
})
