import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { RunId } from '../../../../contract/ids.ts'
import type { Rollback } from '../../../../contract/training.ts'
import type { LocalClient } from '../../../../native-worker/service/ports/local-client.ts'
import { RunStore } from '../../../../renderer/features/training/run-store.svelte.ts'
import { RunView } from '../../../../renderer/features/training/run-view.svelte.ts'
import { drawClassFolders } from '../../../helpers/class-folders.ts'
import { connectPage } from '../../../helpers/connect-page.ts'
import { composedRun, testService } from '../../../helpers/test-service.ts'

const patient = { timeout: 90_000, interval: 20 }

/** A 16 px project with two classes, one of them too small to be measured. */
async function trainable(): Promise<{ client: LocalClient; project: string }> {
  const { client, folder } = testService()
  const project = join(folder, 'project')
  await client.request('projects.create', { folder: project, size: 16, channels: 1 })
  await drawClassFolders(join(folder, 'images'), { scratch: 12, pit: 4 })
  await client.perform('dataset.import', { folder: join(folder, 'images'), fit: 'crop' })
  return { client, project }
}

function viewOf(service: ReturnType<typeof connectPage>, runId: RunId): RunView {
  const view = new RunView({ service, runId })
  onTestFinished(() => {
    view.close()
  })
  return view
}

test(
  'a run is followed live, cut off with its project, offered first when that opens again, and resumed',
  { timeout: 240_000 },
  async () => {
    const { client, project } = await trainable()
    const service = connectPage(client.service)
    const store = new RunStore(service)
    await store.load()
    expect(store.runs).toEqual([])
    expect(store.selected).toBeNull()

    await store.start({ recipe: 'acgan', steps: 100_000, engine: 'wasm', seed: 1 })
    const run = store.selected
    if (run === null) throw new Error(JSON.stringify(store.failure))
    expect(store.trains(run)).toBe(true)
    const view = viewOf(service, run.id)
    await vi.waitFor(() => {
      expect(store.active).toMatchObject({ id: run.id, status: 'running' })
      expect(store.progressOf(run.id)?.step).toBeGreaterThan(0)
      expect(view.points.curves).toContainEqual({
        name: 'dLoss',
        className: null,
        values: expect.arrayContaining([expect.any(Number)]) as number[],
      })
      expect(view.snapshots.map(({ step }) => step)).toContain(0)
    }, patient)
    // While it trains, nothing is offered in its place.
    expect(store.interrupted).toBeNull()

    await client.request('projects.close', {})
    await vi.waitFor(() => {
      expect(store.runs?.[0]).toMatchObject({ status: 'interrupted' })
    }, patient)
    store.clear()
    await client.request('projects.open', { folder: project })
    await store.load()
    expect(store.interrupted).toMatchObject({ id: run.id, status: 'interrupted' })
    expect(store.selected?.id).toBe(run.id)
    const { checkpointStep } = store.selected ?? {}
    expect(checkpointStep).toBeGreaterThan(0)

    await store.resume({ runId: run.id, steps: (checkpointStep ?? 0) + 2 })
    await vi.waitFor(() => {
      expect(store.selected).toMatchObject({ status: 'finished', step: (checkpointStep ?? 0) + 2 })
    }, patient)
    expect(store.interrupted).toBeNull()
    const again = viewOf(service, run.id)
    await vi.waitFor(() => {
      expect(again.details?.classNames).toEqual(['scratch', 'pit'])
      expect(again.points.curves.map(({ name }) => name)).toContain('gLoss')
      expect(again.checkpoints.map(({ step }) => step)).toContain((checkpointStep ?? 0) + 2)
    }, patient)
  },
)

test('a run that composes without training has no length, no curves, and nothing to resume', async () => {
  const { client, folder } = testService()
  const { runId } = await composedRun(client, folder)
  const service = connectPage(client.service)
  const store = new RunStore(service)
  await store.load()
  // What composes is neither cut off nor resumed, and has no curves.
  expect(store.interrupted).toBeNull()
  const [run] = store.runs ?? []
  if (run === undefined) throw new Error('no run')
  expect(store.trains(run)).toBe(false)
  expect(run).toMatchObject({ targetSteps: null, targetMinutes: null, checkpointStep: 0 })
  const view = viewOf(service, runId)
  await vi.waitFor(() => {
    expect(view.snapshots).toHaveLength(1)
  }, patient)
  expect(view.points).toEqual({ steps: [], curves: [] })
  await store.resume({ runId, steps: 5 })
  expect(store.failure?.code).toBe('run_not_resumable')
})

test('a run that leaves the rails tells the page when, and what was out of bounds', { timeout: 240_000 }, async () => {
  const { client } = await trainable()
  const service = connectPage(client.service)
  const store = new RunStore(service)
  await store.load()
  const told: Rollback[] = []
  service.on('runs.rolledBack', ({ rollback }) => told.push(rollback))
  await store.start({
    recipe: 'crgan',
    steps: 60,
    engine: 'wasm',
    seed: 1,
    parameters: { batch: 4, learningRate: 0.1 },
  })
  const run = store.selected
  if (run === null) throw new Error(JSON.stringify(store.failure))
  const view = viewOf(service, run.id)
  await vi.waitFor(() => {
    expect(told.length).toBeGreaterThan(0)
    expect(store.active).toBeNull()
    expect(view.rollbacks).toEqual(told)
  }, patient)
  const [first] = told
  expect(first).toMatchObject({ toStep: 0, quantity: expect.stringMatching(/^\w+/) as string })
  expect(first?.value === null || Math.abs(first?.value ?? 0) > 1e4).toBe(true)
  expect(first?.step).toBeGreaterThan(0)
})
