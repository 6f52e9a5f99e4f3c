import { existsSync, mkdirSync, renameSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import type { RunId } from '../../../contract/ids.ts'
import type { RunSummary } from '../../../contract/training.ts'
import { refuseUnlessEndedWell } from '../../../native-worker/cli/refuse-unless-ended-well.ts'
import { openProject } from '../../../native-worker/project/open-project.ts'
import { verifyProject } from '../../../native-worker/project/verify-project.ts'
import type { LocalClient } from '../../../native-worker/service/ports/local-client.ts'
import { drawClassFolders } from '../../helpers/class-folders.ts'
import { errorCodeOf } from '../../helpers/error-code.ts'
import { canMount, mountSmallDisk } from '../../helpers/mounted-folder.ts'
import { temporaryFolder } from '../../helpers/temporary-folder.ts'
import { testService } from '../../helpers/test-service.ts'

// Read where the run begins; most of these runs are over within the usual half minute.
vi.hoisted(() => {
  process.env['FLAWSMITH_CHECKPOINT_SECONDS'] = '1'
})

async function startTraining(
  client: LocalClient,
  { project, images }: { project: string; images: string },
): Promise<RunId> {
  await drawClassFolders(images, { scratch: 12, pit: 7 })
  await client.request('projects.create', { folder: project, size: 16, channels: 1 })
  await client.perform('dataset.import', { folder: images, fit: 'crop' })
  const run = await client.request('runs.start', {
    recipe: 'acgan',
    engine: 'cpu',
    parameters: { batch: 2 },
    steps: 1_000_000,
  })
  return run.id
}

/** The first time a run is told to be so. */
const told = (client: LocalClient, isIt: (run: RunSummary) => boolean): Promise<RunSummary> =>
  new Promise((resolve) => {
    const stop = client.service.events.listen(({ name, payload }) => {
      if (name !== 'runs.changed' || !isIt(payload)) return
      stop()
      resolve(payload)
    })
  })

function fill(disk: string): () => void {
  const ballast = join(disk, 'ballast')
  const { bavail, bsize } = statfsSync(disk)
  writeFileSync(ballast, Buffer.alloc(bavail * bsize))
  return () => rmSync(ballast)
}

describe.skipIf(!canMount)('a disk that fills while a run trains', () => {
  test.each(['before its first checkpoint', 'after a checkpoint'])('%s', { timeout: 240_000 }, async (when) => {
    const { client, folder } = testService()
    const disk = join(temporaryFolder(), 'disk')
    onTestFinished(mountSmallDisk(disk, { sizeBytes: 64_000_000 }))
    const project = join(disk, 'project')
    const early = when === 'before its first checkpoint'
    const ready = told(client, ({ status, checkpointStep }) =>
      early ? status === 'running' : status === 'running' && checkpointStep !== null,
    )
    const ended = told(client, ({ status }) => status === 'failed')
    const runId = await startTraining(client, { project, images: join(folder, 'images') })
    const { checkpointStep } = await ready
    const free = fill(disk)

    const end = await ended
    expect(end).toMatchObject({ id: runId, end: 'failed', failure: { code: 'disk_full' }, isEndRecorded: false })
    if (early) expect(end.checkpointStep).toBeNull()
    else expect(end.checkpointStep).toBeGreaterThanOrEqual(checkpointStep ?? 0)
    // The service lives, and says the same to whoever asks.
    expect(await client.request('runs.list', {})).toEqual([end])
    expect(await client.request('runs.show', { runId })).toMatchObject({ status: 'failed', isEndRecorded: false })
    expect(() => refuseUnlessEndedWell(end)).toThrow(early ? /Start it again/ : /--resume/)
    expect(() => refuseUnlessEndedWell(end)).toThrow(/not on record/)

    const recorded = told(client, ({ isEndRecorded }) => isEndRecorded)
    free()
    expect(await recorded).toEqual({ ...end, isEndRecorded: true })
    await client.request('projects.close', {})
    const again = openProject(project, { sqliteBinding: null })
    expect((await verifyProject({ project: again })).problems).toEqual([])
    again.close()
  })
})

test('a folder that is moved away stops its run, and does not rise again', { timeout: 240_000 }, async () => {
  const { client, folder } = testService()
  const project = join(folder, 'project')
  const ready = told(client, ({ checkpointStep }) => checkpointStep !== null)
  const ended = told(client, ({ status }) => status === 'failed')
  await startTraining(client, { project, images: join(folder, 'images') })
  await ready
  const elsewhere = join(folder, 'elsewhere')
  renameSync(project, elsewhere)
  const end = await ended
  expect(end).toMatchObject({ failure: { code: 'project_moved', details: { folder: project } }, isEndRecorded: true })
  expect(await errorCodeOf(() => refuseUnlessEndedWell(end))).toBe('project_moved')
  expect(await errorCodeOf(() => client.request('runs.resume', { runId: end.id }))).toBe('project_moved')
  expect(await errorCodeOf(() => client.request('runs.annotate', { runId: end.id, note: 'x' }))).toBe('project_moved')
  // Another folder in its place is not it.
  mkdirSync(project)
  expect(await errorCodeOf(() => client.request('runs.annotate', { runId: end.id, note: 'x' }))).toBe('project_moved')
  rmSync(project, { recursive: true })
  await client.request('projects.close', {})
  expect(existsSync(project)).toBe(false)

  const moved = openProject(elsewhere, { sqliteBinding: null })
  expect((await verifyProject({ project: moved })).problems).toEqual([])
  moved.close()
})
