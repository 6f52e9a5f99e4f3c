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
import { join, relative } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import type { ClassId, RunId } from '../../../contract/ids.ts'
import type { LocalClient } from '../../../native-worker/service/ports/local-client.ts'
import { connect } from '../../../native-worker/project/storage/connect.ts'
import { sha256Of } from '../../../native-worker/files/sha256-of.ts'
import { databaseFile } from '../../../native-worker/files/project-paths.ts'
import { drawClassFolders } from '../../helpers/class-folders.ts'
import { errorCodeOf } from '../../helpers/error-code.ts'
import { temporaryFolder } from '../../helpers/temporary-folder.ts'
import { testService } from '../../helpers/test-service.ts'

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

/** A 16 px project with a run that has made one step. */
async function trainedRun(client: LocalClient, folder: string): Promise<Pick<Sent, 'project' | 'runId' | 'classId'>> {
  const project = join(folder, 'project')
  await client.request('projects.create', { folder: project, size: 16, channels: 1 })
  await drawClassFolders(join(folder, 'images'), { scratch: 5, pit: 4 })
  await client.perform('dataset.import', { folder: join(folder, 'images'), fit: 'crop' })
  const { id } = await client.waitForRun(
    await client.request('runs.start', { recipe: 'acgan', steps: 1, engine: 'cpu', parameters: { batch: 2 } }),
  )
  const [first] = (await client.request('dataset.summary', {})).classes
  if (first === undefined) throw new Error('nothing was imported')
  return { project, runId: id, classId: first.id }
}

/** Made once: each test gets a copy. */
let made: { readonly folder: string; readonly runId: RunId; readonly classId: ClassId } | null = null

beforeEach(async () => {
  const { client, folder } = testService()
  if (made === null) {
    const { project, ...ids } = await trainedRun(client, folder)
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

const open = async (): Promise<void> => {
  await sent.client.request('projects.open', { folder: sent.project })
  // The user trusts it: nothing but the checks stands in the way.
  await sent.client.request('projects.decideHeldRuns', { start: true })
}
const victimIsAsBefore = (): void => {
  expect(readdirSync(sent.victim)).toEqual(['thesis.txt'])
  expect(readFileSync(join(sent.victim, 'thesis.txt'), 'utf8')).toBe(thesis)
}
const resume = async (): Promise<unknown> => {
  const { client, runId } = sent
  const run = await client.waitForRun(await client.request('runs.resume', { runId, steps: 2 }))
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
    'runs/2/checkpoints/step-00000001.safetensors',
  ])('is neither read nor removed: %s', async (file) => {
    const { client, runId, classId, sql } = sent
    sql(`UPDATE checkpoints SET file = '${file}'`)
    await open()
    expect(await errorCodeOf(() => client.perform('samples.generate', { runId, classId, count: 1 }))).toBe(
      'path_outside',
    )
    expect(await errorCodeOf(() => client.request('runs.pinCheckpoint', { runId, step: 1, pinned: true }))).toBe(
      'path_outside',
    )
    expect(await resume()).toBe('path_outside')
    // As one of a future that the run has left.
    sql(`INSERT INTO checkpoints (run_id, step, file, sha256, created_at)
         VALUES (1, 7, '${file}', '${'a'.repeat(64)}', '2026'), (1, 5, 'runs/1/checkpoints/step-00000001.safetensors', '${'a'.repeat(64)}', '2026')`)
    await client.waitForRun(await client.request('runs.resume', { runId, fromStep: 5, steps: 9 }))
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
    sql(`DELETE FROM checkpoints; UPDATE runs SET status = 'queued', waits_for = 'mains', step = 0, ended_by = NULL`)
    await open()
    expect(await errorCodeOf(() => client.request('runs.resume', { runId, steps: 2 }))).toBe('run_not_resumable')
    await client.request('projects.close', {})
    victimIsAsBefore()
  }
})

test('a training set that is a link is not written through', async () => {
  const { client, project, runId, sql, victim } = sent
  rmSync(join(project, 'runs/1/set.bin'))
  symlinkSync(join(victim, 'thesis.txt'), join(project, 'runs/1/set.bin'))
  sql(`DELETE FROM checkpoints; UPDATE runs SET status = 'queued', waits_for = 'mains', step = 0, ended_by = NULL`)
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
    const { client, victim } = sent
    const picture = firstPicture()
    rmSync(picture)
    symlinkSync(join(victim, 'thesis.txt'), picture)
    await open()
    const target = join(temporaryFolder(), 'export')
    const code = await errorCodeOf(() =>
      client.perform('exports.run', {
        folder: target,
        layout: 'imagefolder',
        target: 'max',
      }),
    )
    expect(['image_missing', 'path_outside']).toContain(code)
    victimIsAsBefore()
  })
})

/** A real image of the train split, which a run learned from and every export holds; others are candidates and sheets. */
function firstPicture(): string {
  const [hash = ''] = readFileSync(join(sent.project, 'runs/1/images.txt'), 'utf8').split('\n')
  return join(sent.project, 'images', hash.slice(0, 2), `${hash}.png`)
}

describe('bytes that were swapped', () => {
  const beginAgain = async (): Promise<unknown> => {
    const { client, runId, sql } = sent
    sql(`DELETE FROM checkpoints; UPDATE runs SET status = 'queued', waits_for = 'mains', step = 0, ended_by = NULL`)
    await open()
    const run = await client.waitForRun(await client.request('runs.resume', { runId, steps: 2 }))
    return run.failure ?? run.status
  }

  test('as they were, a run begins', async () => {
    expect(await beginAgain()).toBe('finished')
  })

  test('a picture to learn from: the run says which, and does not begin', async () => {
    const others = readdirSync(join(sent.project, 'images'), { recursive: true, encoding: 'utf8' })
    const other = others
      .map((name) => join(sent.project, 'images', name))
      .find((path) => path.endsWith('.png') && path !== firstPicture())
    cpSync(other ?? '', firstPicture())
    expect(await beginAgain()).toMatchObject({
      code: 'training_set_changed',
      details: { className: 'scratch', file: relative(sent.project, firstPicture()) },
    })
  })

  test('the list of pictures to learn from', async () => {
    const list = join(sent.project, 'runs/1/images.txt')
    const lines = readFileSync(list, 'utf8').trim().split('\n')
    writeFileSync(list, `${lines.reverse().join('\n')}\n`)
    expect(await beginAgain()).toMatchObject({ code: 'run_not_resumable' })
  })

  test.each([
    ['seed', (plan: Record<string, unknown>) => ({ ...plan, seed: 99 })],
    ['recipe', (plan: Record<string, unknown>) => ({ ...plan, recipe: 'crgan' })],
    ['size', (plan: Record<string, unknown>) => ({ ...plan, size: 32 })],
    ['class names', (plan: Record<string, unknown>) => ({ ...plan, classNames: ['pit', 'scratch'] })],
  ])('the %s of what the run was started with', async (_, change) => {
    const { client, project, runId } = sent
    const file = join(project, 'runs/1/task.json')
    const task = JSON.parse(readFileSync(file, 'utf8')) as { plan: Record<string, unknown> }
    writeFileSync(file, JSON.stringify({ ...task, plan: change(task.plan) }))
    await open()
    expect(await errorCodeOf(() => client.request('runs.resume', { runId, steps: 2 }))).toBe('run_not_resumable')
  })

  test('a checkpoint: nothing is drawn from it', async () => {
    const { client, project, runId, classId } = sent
    const file = join(project, 'runs/1/checkpoints/step-00000001.safetensors')
    const bytes = readFileSync(file)
    bytes[bytes.length - 2] = (bytes.at(-2) ?? 0) ^ 1
    writeFileSync(file, bytes)
    await open()
    expect(await errorCodeOf(() => client.perform('samples.generate', { runId, classId, count: 1 }))).toBe(
      'checkpoint_invalid',
    )
    expect(await resume()).toBe('checkpoint_invalid')
  })

  test('a checkpoint of a project with larger pictures, recorded as if it were its own', async () => {
    const { client, project, runId, classId, sql } = sent
    const file = join(project, 'runs/1/checkpoints/step-00000001.safetensors')
    const text = readFileSync(file).toString('latin1')
    writeFileSync(file, Buffer.from(text.replace('\\"size\\":16', '\\"size\\":32'), 'latin1'))
    sql(`UPDATE checkpoints SET sha256 = '${sha256Of(readFileSync(file))}'`)
    await open()
    expect(await errorCodeOf(() => client.perform('samples.generate', { runId, classId, count: 1 }))).toBe(
      'checkpoint_invalid',
    )
  })
})
