import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { ReadOnlyReason } from '../../../contract/project.ts'
import type { RequestInput, Verb } from '../../../contract/service.ts'
import { databaseFile } from '../../../native-worker/files/project-paths.ts'
import { openProjectDatabase } from '../../../native-worker/project/storage/open-project-database.ts'
import { execute } from '../../../native-worker/project/storage/query.ts'
import { verifyExport } from '../../../native-worker/project/export/verify-export.ts'
import type { LocalClient } from '../../../native-worker/service/ports/local-client.ts'
import { errorCodeOf } from '../../helpers/error-code.ts'
import { canMount, mountReadOnly, mountSmallDisk } from '../../helpers/mounted-folder.ts'
import { temporaryFolder } from '../../helpers/temporary-folder.ts'
import { composedRun, testService } from '../../helpers/test-service.ts'
import { treeOf } from '../../helpers/tree-of.ts'

interface Filled {
  readonly client: LocalClient
  readonly folder: string
  readonly project: string
  readonly ids: { readonly runId: never; readonly classId: never; readonly sampleId: never }
}

/** A closed project with images, a run, accepted and waiting candidates. */
async function filledProject(): Promise<Filled> {
  const { client, folder } = testService()
  const { project, runId, classId } = await composedRun(client, folder)
  const { samples } = await client.perform('samples.generate', { runId, classId, count: 3 })
  const [sampleId, ...others] = samples
  await client.request('review.decide', { sampleIds: others, action: 'accept', by: 'Ada' })
  await client.request('projects.close', {})
  return { client, folder, project, ids: { runId, classId, sampleId } as Filled['ids'] }
}

/** As a killed service leaves it: its database open, a run on record as training, a log that no one has taken over. */
function leaveCutOff(project: string): void {
  const { db, close } = openProjectDatabase(project, { sqliteBinding: null })
  execute(db, "UPDATE runs SET status = 'running', ended_at = NULL, ended_by = NULL")
  const aside = temporaryFolder()
  for (const suffix of ['', '-wal']) copyFileSync(`${databaseFile(project)}${suffix}`, join(aside, `kept${suffix}`))
  close()
  for (const suffix of ['', '-wal']) copyFileSync(join(aside, `kept${suffix}`), `${databaseFile(project)}${suffix}`)
  writeFileSync(join(project, 'backups', 'flawsmith-20260101T000000000Z-9.sqlite.0123456789ab.unfinished'), 'half')
  writeFileSync(join(project, 'runs', '1', 'set.bin.0123456789ab.unfinished'), 'half')
}

async function expectLookingOnly(
  { client, folder, ids }: Filled,
  place: string,
  reason: ReadOnlyReason,
): Promise<void> {
  expect(await client.request('projects.open', { folder: place })).toMatchObject({ folder: place, readOnly: reason })
  expect(await client.request('projects.current', {})).toMatchObject({ readOnly: reason })

  // Everything that looks.
  expect((await client.request('dataset.summary', {})).images).toBe(9)
  expect(await client.request('runs.list', {})).toMatchObject([{ id: ids.runId, status: 'interrupted' }])
  expect((await client.request('samples.list', { offset: 0, limit: 10 })).total).toBe(3)
  expect((await client.perform('verify.run', {})).problems).toHaveLength(2)

  // Everything that writes, each with the one code that says why.
  const writing = {
    'dataset.import': { folder: join(folder, 'images'), fit: 'crop' },
    'runs.start': { recipe: 'procedural', steps: 1, engine: 'cpu' },
    'runs.resume': { runId: ids.runId, steps: 5 },
    'runs.pinCheckpoint': { runId: ids.runId, step: 0, pinned: true },
    'runs.annotate': { runId: ids.runId, note: 'seen' },
    'samples.generate': { runId: ids.runId, classId: ids.classId, count: 1 },
    'review.decide': { sampleIds: [ids.sampleId], action: 'accept', by: 'Ada' },
    'review.undo': { by: 'Ada' },
  } satisfies { [Name in Verb]?: RequestInput<Name> }
  for (const [verb, input] of Object.entries(writing)) {
    const refused = client.request(verb as Verb, input)
    await expect(refused, verb).rejects.toMatchObject({ code: 'project_read_only', details: { reason } })
  }

  const out = join(folder, `exported from ${reason}`)
  const written = await client.perform('exports.run', { folder: out, layout: 'imagefolder', target: 7 })
  expect(written).toMatchObject({ out, files: 11, isRecorded: false })
  expect((await verifyExport({ folder: out })).problems).toEqual([])
  expect(await client.request('exports.list', {})).toEqual([])
  await client.request('projects.close', {})
}

describe.skipIf(!canMount)('a project that cannot be written to', () => {
  test('on a read-only disk, as a killed service left it', { timeout: 120_000 }, async () => {
    const filled = await filledProject()
    leaveCutOff(filled.project)
    const before = treeOf(filled.project)
    const sealed = join(filled.folder, 'sealed')
    onTestFinished(mountReadOnly(filled.project, sealed))
    await expectLookingOnly(filled, sealed, 'folder_not_writable')
    expect(treeOf(filled.project)).toEqual(before)
  })

  test('on a disk that is full; it is open for work again when there is room', { timeout: 120_000 }, async () => {
    const filled = await filledProject()
    leaveCutOff(filled.project)
    const disk = join(filled.folder, 'disk')
    onTestFinished(mountSmallDisk(disk, { sizeBytes: 8_000_000 }))
    const place = join(disk, 'project')
    cpSync(filled.project, place, { recursive: true })
    const { bavail, bsize } = statfsSync(disk)
    writeFileSync(join(disk, 'ballast'), Buffer.alloc(bavail * bsize))
    await expectLookingOnly(filled, place, 'disk_full')
    rmSync(join(disk, 'ballast'))
    expect(await filled.client.request('projects.open', { folder: place })).toMatchObject({ readOnly: null })
    await filled.client.request('projects.close', {})
  })
})

test('verify changes nothing: no file, no time, no run, no backup', { timeout: 120_000 }, async () => {
  const { client, project } = await filledProject()
  leaveCutOff(project)
  rmSync(join(project, 'owner.sqlite'))
  const before = treeOf(project)
  const { problems } = await client.perform('verify.run', { folder: project })
  expect(problems.map(({ kind, path }) => `${kind} ${path}`)).toEqual([
    'unrecorded_file runs/1/set.bin.0123456789ab.unfinished',
    'unrecorded_file backups/flawsmith-20260101T000000000Z-9.sqlite.0123456789ab.unfinished',
  ])
  expect(treeOf(project)).toEqual(before)

  // Opened for work, what was left half-written is gone, and a stranger's file is named and left alone.
  await client.request('projects.open', { folder: project })
  mkdirSync(join(project, 'runs', '77'))
  writeFileSync(join(project, 'runs', '77', 'letter.txt'), 'dear')
  writeFileSync(join(project, 'backups', 'letter.txt'), 'dear')
  const found = (await client.perform('verify.run', {})).problems.map(({ path }) => path)
  expect(found).toEqual(['runs/77/letter.txt', 'backups/letter.txt'])
  expect(readdirSync(join(project, 'runs', '1'))).not.toContain('set.bin.0123456789ab.unfinished')
  await client.request('projects.close', {})
})

test('verify waits for nobody: a project that is open elsewhere is in use', { timeout: 120_000 }, async () => {
  const { client, project } = await filledProject()
  const { close } = openProjectDatabase(project, { sqliteBinding: null })
  expect(await errorCodeOf(() => client.perform('verify.run', { folder: project }))).toBe('project_in_use')
  close()
  expect((await client.perform('verify.run', { folder: project })).problems).toEqual([])
  expect(existsSync(`${databaseFile(project)}-wal`)).toBe(false)
})
