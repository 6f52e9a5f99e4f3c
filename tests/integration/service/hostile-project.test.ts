import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import type { ClassId, RunId } from '../../../contract/ids.ts'
import type { LocalClient } from '../../../native-worker/service/ports/local-client.ts'
import { connect } from '../../../native-worker/project/storage/connect.ts'
import { databaseFile } from '../../../native-worker/files/project-paths.ts'
import { drawClassFolders } from '../../helpers/class-folders.ts'
import { errorCodeOf } from '../../helpers/error-code.ts'
import { temporaryFolder } from '../../helpers/temporary-folder.ts'
import { composedRun, testService } from '../../helpers/test-service.ts'

/** A project as somebody may send it, closed, and a folder beside it that must stay as it is. */
interface Sent {
  readonly client: LocalClient
  readonly project: string
  readonly runId: RunId
  readonly classId: ClassId
  readonly victim: string
  sql(text: string): void
}

const thesis = 'a hundred pages'
let sent: Sent

/** Made once: each test gets a copy. */
let made: { readonly folder: string; readonly runId: RunId; readonly classId: ClassId } | null = null

beforeEach(async () => {
  const { client, folder } = testService()
  if (made === null) {
    const { project, ...ids } = await composedRun(client, folder)
    await client.request('projects.close', {})
    made = { ...ids, folder: mkdtempSync(join(tmpdir(), 'flawsmith-test-')) }
    cpSync(project, made.folder, { recursive: true })
    rmSync(project, { recursive: true })
  }
  const { runId, classId } = made
  const project = join(folder, 'project')
  cpSync(made.folder, project, { recursive: true })
  const victim = join(folder, 'victim')
  mkdirSync(victim)
  writeFileSync(join(victim, 'thesis.txt'), thesis)
  const sql = (text: string): void => {
    const db = connect(databaseFile(project), { sqliteBinding: null })
    db.exec(text)
    db.close()
  }
  sent = { client, project, runId, classId, victim, sql }
}, 60_000)
afterAll(() => {
  if (made !== null) rmSync(made.folder, { recursive: true })
})

const open = (): Promise<unknown> => sent.client.request('projects.open', { folder: sent.project })
const victimIsAsBefore = (): void => {
  expect(readdirSync(sent.victim)).toEqual(['thesis.txt'])
  expect(readFileSync(join(sent.victim, 'thesis.txt'), 'utf8')).toBe(thesis)
}
const resume = async (): Promise<unknown> => {
  const { client, runId } = sent
  const run = await client.waitForRun(await client.request('runs.resume', { runId, steps: 1000 }))
  return run.failure?.code ?? run.status
}
const linkAway = (name: string): void => {
  rmSync(join(sent.project, name), { recursive: true, force: true })
  symlinkSync(sent.victim, join(sent.project, name))
}

describe('a checkpoint recorded outside its run', () => {
  test.each([
    'victim/../../victim/thesis.txt',
    '../victim/thesis.txt',
    'flawsmith.sqlite',
    'runs/1/../../../victim/thesis.txt',
    'runs/2/checkpoints/step-00000000.safetensors',
  ])('is neither read nor removed: %s', async (file) => {
    const { client, runId, classId, sql } = sent
    sql(`UPDATE checkpoints SET file = '${file}'`)
    await open()
    expect(await errorCodeOf(() => client.perform('samples.generate', { runId, classId, count: 1 }))).toBe(
      'path_outside',
    )
    expect(await errorCodeOf(() => client.request('runs.pinCheckpoint', { runId, step: 0, pinned: true }))).toBe(
      'path_outside',
    )
    expect(await resume()).toBe('path_outside')
    // As one of a future that the run has left.
    sql(`INSERT INTO checkpoints (run_id, step, file, sha256, created_at)
         VALUES (1, 7, '${file}', '${'a'.repeat(64)}', '2026'), (1, 5, 'runs/1/checkpoints/step-00000000.safetensors', '${'a'.repeat(64)}', '2026')`)
    await client.waitForRun(await client.request('runs.resume', { runId, fromStep: 5, steps: 1000 }))
    victimIsAsBefore()
    expect(existsSync(databaseFile(sent.project))).toBe(true)
  })
})

test('a training set that names a file elsewhere is refused before anything is written', async () => {
  const { client, project, runId, sql, victim } = sent
  const taskFile = join(project, 'runs/1/task.json')
  const task = readFileSync(taskFile, 'utf8')
  for (const file of ['../../../victim/.profile', join(victim, '.profile'), 'other.bin']) {
    writeFileSync(taskFile, task.replace('"set.bin"', JSON.stringify(file)))
    sql(`DELETE FROM checkpoints; UPDATE runs SET status = 'queued', waits_for = 'mains', step = 0`)
    await open()
    expect(await errorCodeOf(() => client.request('runs.resume', { runId, steps: 1000 }))).toBe('run_not_resumable')
    await client.request('projects.close', {})
    victimIsAsBefore()
  }
})

test('a training set that is a link is not written through', async () => {
  const { client, project, runId, sql, victim } = sent
  rmSync(join(project, 'runs/1/set.bin'))
  symlinkSync(join(victim, 'thesis.txt'), join(project, 'runs/1/set.bin'))
  sql(`DELETE FROM checkpoints; UPDATE runs SET status = 'queued', waits_for = 'mains', step = 0`)
  await open()
  expect(await resume()).toBe('path_outside')
  expect(runId).toBe(1)
  await client.request('projects.close', {})
  victimIsAsBefore()
})

describe('a folder of the project that is a link', () => {
  test('runs: nothing in it is cleared away, read or written', async () => {
    const { client, project, runId, classId } = sent
    renameSync(join(project, 'runs'), join(sent.victim, '../moved-runs'))
    symlinkSync(join(sent.victim, '../moved-runs'), join(project, 'runs'))
    writeFileSync(join(sent.victim, '../moved-runs/1/checkpoints/not recorded.safetensors'), 'mine')
    writeFileSync(join(sent.victim, '../moved-runs/1/generating-1.txt'), 'mine')
    expect(await errorCodeOf(open)).toBe('path_outside')
    expect(await errorCodeOf(() => client.perform('samples.generate', { runId, classId, count: 1 }))).toBe(
      'no_project_open',
    )
    const left = readdirSync(join(sent.victim, '../moved-runs/1'), { recursive: true }).map(String)
    expect(left).toEqual(expect.arrayContaining(['generating-1.txt', 'checkpoints/not recorded.safetensors']))
  })

  test.each(['images', 'incoming', 'backups', 'owner.sqlite', 'flawsmith.sqlite-wal', 'flawsmith.sqlite'])(
    '%s: the project does not open',
    async (name) => {
      linkAway(name)
      expect(['path_outside', 'folder_not_writable']).toContain(await errorCodeOf(open))
      victimIsAsBefore()
    },
  )

  test('a shelf of the images folder: an import writes nothing there', async () => {
    const { client, project } = sent
    const more = join(temporaryFolder(), 'more')
    await drawClassFolders(more, { scratch: 40 })
    for (let first = 0; first < 256; first++) {
      const shelf = `images/${first.toString(16).padStart(2, '0')}`
      if (!existsSync(join(project, shelf))) symlinkSync(sent.victim, join(project, shelf))
    }
    await open()
    expect(await errorCodeOf(() => client.perform('dataset.import', { folder: more, fit: 'crop' }))).toBe(
      'path_outside',
    )
    victimIsAsBefore()
  })

  test('a picture: an export does not copy what it points to', async () => {
    const { client, project, victim } = sent
    const [shelf = ''] = readdirSync(join(project, 'images'))
    const [picture = ''] = readdirSync(join(project, 'images', shelf))
    rmSync(join(project, 'images', shelf, picture))
    symlinkSync(join(victim, 'thesis.txt'), join(project, 'images', shelf, picture))
    await open()
    const target = join(temporaryFolder(), 'export')
    const code = await errorCodeOf(() =>
      client.perform('exports.run', {
        folder: target,
        layout: 'imagefolder',
        target: 'max',
        splits: { val: 0, test: 0 },
      }),
    )
    expect(['image_missing', 'path_outside']).toContain(code)
    victimIsAsBefore()
  })
})
