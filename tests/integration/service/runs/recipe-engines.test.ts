import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pino from 'pino'
import { expect, it, describe } from 'vitest'
import type { EngineName, EngineTiming } from '../../../../contract/engines.ts'
import type { RunForecast } from '../../../../contract/training.ts'
import { importFolder } from '../../../../native-worker/project/dataset/import-folder.ts'
import { findComputeRuntime } from '../../../../native-worker/service/children/compute-runtime.ts'
import { Engines } from '../../../../native-worker/service/children/engines.ts'
import { planRun } from '../../../../native-worker/service/runs/plan-run.ts'
import { RecipeEngines } from '../../../../native-worker/service/runs/recipe-engines.ts'
import { StepBook } from '../../../../native-worker/service/runs/step-book.ts'
import { version } from '../../../../native-worker/service/version.ts'
import { Warnings } from '../../../../native-worker/service/warnings.ts'
import type { LocalClient } from '../../../../native-worker/service/ports/local-client.ts'
import { drawClassFolders } from '../../../helpers/class-folders.ts'
import { probedCache } from '../../../helpers/probed-cache.ts'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'
import { testImagesClient } from '../../../helpers/test-images-client.ts'
import { testProject } from '../../../helpers/test-project.ts'
import { testService } from '../../../helpers/test-service.ts'
import { enginesToTest } from '../../trainer/engines-to-test.ts'

const entryFolder = join(import.meta.dirname, '../../../../native-worker')
const asked = { recipe: 'acgan', steps: 2, parameters: { batch: 2 } } as const

async function openLine(client: LocalClient, classes = { scratch: 5, pit: 4 }): Promise<string> {
  const folder = temporaryFolder()
  await drawClassFolders(join(folder, 'images'), classes)
  await client.request('projects.create', { folder: join(folder, 'line'), size: 16, channels: 1 })
  await client.perform('dataset.import', { folder: join(folder, 'images'), fit: 'crop' })
  return join(folder, 'line')
}

interface Book {
  readonly engine: EngineName
  measured: { stepMs: number } | null
}
const readBook = (cache: string): Book[] =>
  JSON.parse(readFileSync(join(cache, 'step-measurements.json'), 'utf8')) as Book[]

async function forecastOf(client: LocalClient, more: { readonly engine?: EngineName } = {}): Promise<RunForecast> {
  const estimate = await client.request('runs.estimate', { ...asked, ...more })
  if (estimate.kind !== 'measured') throw new Error(`not measured: ${JSON.stringify(estimate)}`)
  return estimate
}

describe.runIf(enginesToTest.length > 1)('the engine of a run', { timeout: 400_000 }, () => {
  it('is the one that makes its steps fastest, measured once on each that is right; and a run keeps it', async () => {
    const cache = probedCache()
    const { client } = testService(undefined, { cache })
    const line = await openLine(client)
    const first = await forecastOf(client)
    expect(first.engines.map(({ engine }) => engine).toSorted()).toEqual([...enginesToTest].toSorted())
    const [fastest, second] = first.engines
    if (fastest === undefined || second === undefined) throw new Error('not compared')
    expect(first).toMatchObject({ engine: fastest.engine, stepMs: fastest.stepMs })
    expect(fastest.stepMs ?? Infinity).toBeLessThanOrEqual(second.stepMs ?? Infinity)
    expect(await client.request('app.doctor', {})).toMatchObject({
      recipes: [{ recipe: 'acgan', size: 16, channels: 1, batch: 2, engines: first.engines }],
    })
    // What a step multiplies with does not change what it takes.
    const gentler = { ...asked, parameters: { batch: 2, learningRate: 1e-5 } }
    expect(await client.request('runs.estimate', gentler)).toMatchObject({ measuredAt: first.measuredAt })

    // Another day, the same machine: what was measured says so, be it as it may.
    const [measured] = readBook(cache)
    const sayAs = (stepMsOf: (engine: EngineName) => number): void => {
      const entries = enginesToTest.map((engine) => ({
        ...measured,
        engine,
        measured: { ...measured?.measured, stepMs: stepMsOf(engine), othersShare: 0 },
      }))
      writeFileSync(join(cache, 'step-measurements.json'), JSON.stringify(entries))
    }
    sayAs((engine) => (engine === fastest.engine ? 900 : 7))
    const next = testService(undefined, { cache }).client
    await client.request('projects.close', {})
    await next.request('projects.open', { folder: line })
    expect(await forecastOf(next)).toMatchObject({ engine: second.engine, stepMs: 7 })
    const run = await next.waitForRun(await next.request('runs.start', asked))
    expect(run).toMatchObject({ status: 'finished', engine: second.engine })

    // A run keeps its engine whatever is measured since: its numbers go on as they began.
    sayAs((engine) => (engine === fastest.engine ? 7 : 900))
    const resumed = await next.waitForRun(await next.request('runs.resume', { runId: run.id, steps: 3 }))
    expect(resumed).toMatchObject({ status: 'finished', engine: second.engine, step: 3 })
  })

  it('is measured when a run starts that nobody asked about, and not where it is named', async () => {
    const cache = probedCache()
    const { client } = testService(undefined, { cache })
    await openLine(client)
    await client.waitForRun(await client.request('runs.start', { ...asked, engine: 'wasm' }))
    expect(existsSync(join(cache, 'step-measurements.json'))).toBe(false)
    const run = await client.waitForRun(await client.request('runs.start', asked))
    const book = readBook(cache)
    expect(book.map(({ engine }) => engine).toSorted()).toEqual([...enginesToTest].toSorted())
    const fastest = book.toSorted((a, b) => (a.measured?.stepMs ?? Infinity) - (b.measured?.stepMs ?? Infinity))[0]
    expect(run).toMatchObject({ status: 'finished', engine: fastest?.engine })
  })
})

it(
  'what was measured beside other programs is measured anew when the machine is quiet, and told meanwhile',
  {
    timeout: 400_000,
  },
  async () => {
    const project = testProject({ size: 16 })
    const folder = temporaryFolder()
    await drawClassFolders(folder, { scratch: 5, pit: 4 })
    await importFolder({ project, folder, fit: 'crop', images: testImagesClient() })
    const planned = planRun(project, asked)
    const cacheFolder = probedCache()
    const parts = { runtime: findComputeRuntime(entryFolder), log: pino({ level: 'silent' }), warnings: new Warnings() }
    const engines = new Engines({ cacheFolder, version, ...parts })
    const book = new StepBook({ cacheFolder, machineKey: () => engines.machineKey(), ...parts })
    const told: (EngineTiming | null)[] = []
    let isQuiet = false
    const recipeEngines = new RecipeEngines({
      ...{ engines, book, ...parts, isQuiet: () => Promise.resolve(isQuiet) },
      events: { emit: (_name, payload) => told.push(payload as EngineTiming | null) },
    })
    const beside = { timedSteps: 3, peakMemoryBytes: 1, checkpointBytes: 1, measuredAt: '2026-01-01', othersShare: 0.6 }
    for (const engine of enginesToTest) await book.note(planned, { engine, measured: { stepMs: 1e6, ...beside } })
    const measure = async (): Promise<void> => {
      for (const [index, engine] of enginesToTest.entries())
        await recipeEngines.measure(planned, {
          ...{ engine, signal: new AbortController().signal, place: index + 1, engines: enginesToTest.length },
        })
    }
    const shown = async (): Promise<readonly boolean[]> =>
      (await recipeEngines.speeds(planned)).map(({ wasBusy }) => wasBusy)
    await measure()
    expect(told).toEqual([])
    expect(await shown()).toEqual(enginesToTest.map(() => true))
    isQuiet = true
    await measure()
    expect(told.filter((timing) => timing !== null)).toMatchObject(
      enginesToTest.map((_, index) => ({ recipe: 'acgan', place: index + 1, engines: enginesToTest.length })),
    )
    expect(told.at(-1)).toBeNull()
    for (const { stepMs } of await recipeEngines.speeds(planned)) expect(stepMs).toBeLessThan(1e6)
  },
)

it('steps are measured again after a verdict had the machine for itself', { timeout: 400_000 }, async () => {
  const { client } = testService(undefined, { cache: probedCache() })
  await openLine(client, { scratch: 20, pit: 10 })
  const [scratch] = (await client.request('dataset.summary', {})).classes
  await client.request('marks.declareFree', { classId: scratch?.id ?? null, despiteMarks: false, by: 'Ann' })
  const { jobId } = await client.request('uplift.measure', { mode: 'quick', seeds: 1 })
  await client.request('jobs.cancel', { jobId })
  await expect
    .poll(async () => (await client.request('runs.estimate', asked)).kind, { timeout: 90_000 })
    .toBe('measured')
})
