import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { ClassId, RunId } from '../../contract/ids.ts'
import { findComputeRuntime } from '../../native-worker/service/children/compute-runtime.ts'
import { LocalClient } from '../../native-worker/service/ports/local-client.ts'
import { openLog } from '../../native-worker/service/log.ts'
import { Service } from '../../native-worker/service/service.ts'
import { Warnings } from '../../native-worker/service/warnings.ts'
import { drawClassFolders } from './class-folders.ts'
import { temporaryFolder } from './temporary-folder.ts'

const entryFolder = join(import.meta.dirname, '../../native-worker')

/**
 * A service with folders of its own and its real children; closed when the test is over.
 * @param cache a shared one knows the engines already, where a run is to train on one of them
 */
export function testService(
  folder = temporaryFolder(),
  { keepsSchedule = false, cache = join(folder, 'cache') } = {},
): { readonly client: LocalClient; readonly folder: string } {
  const logs = join(folder, 'logs')
  const warnings = new Warnings()
  const service = new Service({
    warnings,
    folders: { data: join(folder, 'data'), cache, logs },
    runtime: findComputeRuntime(entryFolder),
    sqliteBinding: null,
    keepsSchedule,
    log: openLog({
      logsFolder: logs,
      toStderr: 'fatal',
      onFailure: (thrown) => warnings.ownFolderFailed(thrown, logs),
    }),
  })
  onTestFinished(() => service.close())
  return {
    client: new LocalClient({ service, signal: new AbortController().signal, onProgress: () => undefined }),
    folder,
  }
}

/** A 16 px project with a finished run of the recipe that composes instead of training: no engine has to be probed for it. */
export async function composedRun(
  client: LocalClient,
  folder: string,
): Promise<{ readonly project: string; readonly runId: RunId; readonly classId: ClassId }> {
  const project = join(folder, 'project')
  await client.request('projects.create', { folder: project, size: 16, channels: 1 })
  await drawClassFolders(join(folder, 'images'), { scratch: 5, pit: 4 })
  await client.perform('dataset.import', { folder: join(folder, 'images'), fit: 'crop' })
  const [first] = (await client.request('dataset.summary', {})).classes
  if (first === undefined) throw new Error('nothing was imported')
  const run = await client.waitForRun(await client.request('runs.start', { recipe: 'procedural', engine: 'cpu' }))
  if (run.status !== 'finished') throw new Error(`the run is ${run.status}: ${run.message ?? ''}`)
  return { project, runId: run.id, classId: first.id }
}
