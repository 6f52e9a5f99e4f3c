import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { RunId } from '../../../contract/ids.ts'
import type { FromService } from '../../../contract/service-process.ts'
import type { RunProgress, RunSummary } from '../../../contract/training.ts'
import { appFolders } from '../../../native-worker/files/app-folders.ts'
import { findComputeRuntime } from '../../../native-worker/service/children/compute-runtime.ts'
import { LocalClient } from '../../../native-worker/service/ports/local-client.ts'
import { openLog } from '../../../native-worker/service/log.ts'
import { MainPrinter } from '../../../native-worker/service/printing/main-printer.ts'
import { serveMain } from '../../../native-worker/service/ports/serve-main.ts'
import { Service } from '../../../native-worker/service/service.ts'
import { Warnings } from '../../../native-worker/service/warnings.ts'
import { drawClassFolders } from '../../helpers/class-folders.ts'
import { temporaryFolder } from '../../helpers/temporary-folder.ts'

/** A service as the app starts it, spoken to as the main process does. */
function startService(dataFolder: string) {
  const logs = join(dataFolder, 'logs')
  const warnings = new Warnings()
  const service = new Service({
    warnings,
    folders: { data: dataFolder, cache: appFolders().cache, logs },
    runtime: findComputeRuntime(join(import.meta.dirname, '../../../native-worker')),
    sqliteBinding: null,
    log: openLog({
      logsFolder: logs,
      toStderr: 'fatal',
      onFailure: (thrown) => warnings.ownFolderFailed(thrown, logs),
    }),
    keepsSchedule: true,
  })
  const heard: FromService[] = []
  let exit = (): void => undefined
  const ended = new Promise<void>((resolve) => (exit = resolve))
  const tell = serveMain({
    service,
    printer: new MainPrinter(() => undefined),
    send: (message) => heard.push(message),
    exit,
  })
  const client = new LocalClient({ service, signal: new AbortController().signal, onProgress: () => undefined })
  const changed = (runId: RunId, isIt: (run: RunSummary) => boolean): Promise<RunSummary> =>
    new Promise((resolve) => {
      const stop = service.events.listen(({ name, payload }) => {
        if (name !== 'runs.changed' || payload.id !== runId || !isIt(payload)) return
        stop()
        resolve(payload)
      })
    })
  const progressed = (runId: RunId, step: number): Promise<RunProgress> =>
    new Promise((resolve) => {
      const stop = service.events.listen(({ name, payload }) => {
        if (name !== 'runs.progressed' || payload.runId !== runId || payload.step < step) return
        stop()
        resolve(payload)
      })
    })
  const close = async (): Promise<void> => {
    tell({ kind: 'close' }, [])
    await ended
  }
  onTestFinished(close)
  const training = (): boolean | undefined => heard.findLast((message) => message.kind === 'trainingChanged')?.training
  return { tell, client, changed, progressed, close, training }
}

const isRunning = ({ status }: RunSummary): boolean => status === 'running'
const isHeld = ({ status, waitsFor }: RunSummary): boolean => status === 'queued' && waitsFor !== null

test(
  'a run pauses on battery, waits through a restart of the service and goes on by itself on mains power',
  { timeout: 120_000 },
  async () => {
    const folder = temporaryFolder()
    const project = join(folder, 'project')
    const first = startService(join(folder, 'data'))
    first.tell({ kind: 'power', source: 'mains' }, [])
    await drawClassFolders(join(folder, 'images'), { scratch: 12, pit: 7 })
    await first.client.request('projects.create', { folder: project, size: 16, channels: 1 })
    await first.client.perform('dataset.import', { folder: join(folder, 'images'), fit: 'crop' })
    const { schedule } = await first.client.request('schedule.get', {})
    await first.client.request('schedule.set', { ...schedule, onlyOnMains: true })

    const acgan = { recipe: 'acgan', engine: 'wasm', parameters: { batch: 8 } } as const
    const long = await first.client.request('runs.start', { ...acgan, steps: 1_000_000 })
    expect(long).toMatchObject({ status: 'queued', waitsFor: null })
    await first.progressed(long.id, 3)
    expect(first.training()).toBe(true)

    const held = first.changed(long.id, isHeld)
    first.tell({ kind: 'power', source: 'battery' }, [])
    const paused = await held
    expect(paused).toMatchObject({ waitsFor: 'mains', end: null })
    expect(paused.checkpointStep).toBeGreaterThanOrEqual(3)
    expect(first.training()).toBe(false)

    const short = await first.client.request('runs.start', { ...acgan, steps: 2 })
    const unwanted = await first.client.request('runs.start', { ...acgan, steps: 2 })
    expect([short, unwanted]).toMatchObject([{ waitsFor: 'mains' }, { waitsFor: 'mains' }])
    await first.client.request('runs.stop', { runId: unwanted.id })
    await first.close()

    const second = startService(join(folder, 'data'))
    second.tell({ kind: 'power', source: 'battery' }, [])
    await second.client.request('projects.open', { folder: project })
    expect(await second.client.request('runs.list', {})).toMatchObject([
      { id: unwanted.id, status: 'stopped', waitsFor: null },
      { id: short.id, status: 'queued', waitsFor: 'mains' },
      { id: long.id, status: 'queued', waitsFor: 'mains', checkpointStep: paused.checkpointStep },
    ])

    // The user wants one of them now, although there is no mains power: the other one waits on.
    const done = second.changed(short.id, ({ status }) => status === 'finished')
    await second.client.request('runs.trainNow', { runId: short.id, onBattery: true })
    expect(await done).toMatchObject({ step: 2, waitsFor: null })
    expect(await second.client.request('runs.show', { runId: long.id })).toMatchObject({ status: 'queued' })

    const goesOn = second.progressed(long.id, 0)
    second.tell({ kind: 'power', source: 'mains' }, [])
    expect((await goesOn).step).toBeGreaterThan(paused.checkpointStep ?? 0)

    const now = new Date()
    const clock = (minutes: number): string =>
      new Date(now.getTime() + minutes * 60_000).toLocaleTimeString('sv-SE').slice(0, 5)
    const heldByHours = second.changed(long.id, isHeld)
    await second.client.request('schedule.set', {
      onlyOnMains: true,
      onlyInHours: true,
      hours: { from: clock(60), to: clock(120) },
    })
    expect(await heldByHours).toMatchObject({ waitsFor: 'hours' })
    const started = second.changed(long.id, isRunning)
    await second.client.request('runs.trainNow', { runId: long.id, onBattery: false })
    expect(await started).toMatchObject({ waitsFor: null })

    // The user's own pause is none of the schedule's.
    const stopped = second.changed(long.id, ({ status }) => status === 'stopped')
    await second.client.request('runs.stop', { runId: long.id })
    expect(await stopped).toMatchObject({ waitsFor: null })
    second.tell({ kind: 'power', source: 'battery' }, [])
    second.tell({ kind: 'power', source: 'mains' }, [])
    expect(await second.client.request('runs.show', { runId: long.id })).toMatchObject({ status: 'stopped' })
  },
)
