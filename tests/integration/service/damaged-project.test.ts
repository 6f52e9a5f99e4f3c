import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ErrorCode } from '../../../contract/errors.ts'
import { toFailure } from '../../../contract/errors.ts'
import type { ClassId, RunId } from '../../../contract/ids.ts'
import { databaseFile } from '../../../native-worker/files/project-paths.ts'
import { connect } from '../../../native-worker/project/storage/connect.ts'
import type { LocalClient } from '../../../native-worker/service/ports/local-client.ts'
import { composedRun, testService } from '../../helpers/test-service.ts'

let template: string
let client: LocalClient
let project: string
const runId = 1 as RunId
const classId = 1 as ClassId

beforeAll(() => {
  template = mkdtempSync(join(tmpdir(), 'flawsmith-test-'))
})
afterAll(() => {
  rmSync(template, { recursive: true, force: true })
})

/** Imported, trained, generated, decided and exported: made once, each test gets a copy. */
let isMade = false
beforeEach(async () => {
  const service = testService()
  client = service.client
  project = join(service.folder, 'project')
  if (!isMade) {
    const made = await composedRun(client, service.folder)
    const { samples } = await client.perform('samples.generate', { runId: made.runId, classId: made.classId, count: 3 })
    await client.request('review.decide', { sampleIds: [...samples].slice(0, 2), action: 'accept', by: 'Ann' })
    await client.perform('exports.run', {
      folder: join(service.folder, 'export'),
      layout: 'imagefolder',
      target: 'max',
    })
    await client.request('projects.close', {})
    cpSync(project, template, { recursive: true })
    rmSync(project, { recursive: true })
    isMade = true
  }
  cpSync(template, project, { recursive: true })
}, 120_000)

function sql(text: string): void {
  const db = connect(databaseFile(project), { sqliteBinding: null })
  try {
    db.pragma('foreign_keys = OFF')
    db.pragma('writable_schema = ON')
    db.exec(text)
  } finally {
    db.close()
  }
}

/** Everything that reads or goes on with what a project holds; the codes of what failed, by request. */
async function codesOfUse(): Promise<Readonly<Record<string, ErrorCode>>> {
  const codes: Record<string, ErrorCode> = {}
  const attempt = async (name: string, work: () => Promise<unknown>): Promise<void> => {
    try {
      await work()
    } catch (thrown) {
      codes[name] = toFailure(thrown).code
    }
  }
  await attempt('open', () => client.request('projects.open', { folder: project }))
  if ('open' in codes) return codes
  await attempt('summary', () => client.request('dataset.summary', {}))
  await attempt('images', () => client.request('dataset.images', { classId, offset: 0, limit: 10 }))
  await attempt('lastImport', () => client.request('dataset.lastImport', {}))
  await attempt('recipes', () => client.request('recipes.list', {}))
  await attempt('runs', () => client.request('runs.list', {}))
  await attempt('show', () => client.request('runs.show', { runId }))
  await attempt('metrics', () => client.request('runs.metrics', { runId }))
  await attempt('checkpoints', () => client.request('runs.checkpoints', { runId }))
  await attempt('pin', () => client.request('runs.pinCheckpoint', { runId, step: 0, pinned: true }))
  await attempt('snapshots', () => client.request('runs.snapshots', { runId }))
  await attempt('samples', () => client.request('samples.list', { offset: 0, limit: 10 }))
  await attempt('generate', () => client.perform('samples.generate', { runId, classId, count: 1 }))
  await attempt('counts', () => client.request('review.counts', {}))
  await attempt('decide', () =>
    client.request('review.decide', { sampleIds: [3 as never], action: 'reject', reason: 'copy', by: 'Ann' }),
  )
  await attempt('plan', () => client.request('exports.plan', { layout: 'imagefolder', target: 'max' }))
  await attempt('exports', () => client.request('exports.list', {}))
  await attempt('verify', () => client.perform('verify.run', {}))
  await attempt('resume', async () => {
    const run = await client.waitForRun(await client.request('runs.resume', { runId, steps: 5 }))
    if (run.failure !== null) codes['resumed'] = run.failure.code
  })
  await attempt('close', () => client.request('projects.close', {}))
  return codes
}
const internal = (codes: Readonly<Record<string, ErrorCode>>): readonly string[] =>
  Object.entries(codes).flatMap(([name, code]) => (code === 'internal' ? [name] : []))

test('undamaged, everything works', async () => {
  expect(await codesOfUse()).toEqual({ resume: 'run_not_resumable' })
})

/** With a request that reads the column; null where only other programs do. */
const jsonColumns = [
  ['imports', 'report', 'lastImport'],
  ['runs', 'parameters', 'show'],
  ['runs', 'versions', 'show'],
  ['runs', 'class_names', 'show'],
  ['runs', 'last_metrics', 'runs'],
  ['runs', 'failure', 'runs'],
  ['samples', 'scores', null],
  ['exports', 'plan', null],
  ['exports', 'classes', 'exports'],
] as const
describe.each(jsonColumns)('%s.%s', (table, column, reader) => {
  test.each(['5', '"text"', '[null]', '{"a": []}'])('holds %s', async (json) => {
    sql(`UPDATE ${table} SET ${column} = '${json}'`)
    const codes = await codesOfUse()
    expect(internal(codes)).toEqual([])
    if (reader !== null) expect(codes[reader]).toBe('project_corrupt')
  })
})

test.each([
  'project',
  'classes',
  'imports',
  'images',
  'runs',
  'metrics',
  'snapshots',
  'checkpoints',
  'inspectors',
  'samples',
  'decisions',
  'exports',
  'rollbacks',
  'record',
])('no table %s', async (table) => {
  sql(`DROP TABLE ${table}`)
  const codes = await codesOfUse()
  expect(internal(codes)).toEqual([])
  expect(codes['open']).toBe('project_corrupt')
})

test('no row about the project', async () => {
  sql('DELETE FROM project')
  expect(await codesOfUse()).toEqual({ open: 'project_corrupt' })
})

test.each(['NULL', "''", "'ffffffffffffffffffffffffffffffxx'"])('an id of the project that is %s', async (uid) => {
  sql(`PRAGMA ignore_check_constraints = ON; UPDATE project SET uid = ${uid}`)
  expect(await codesOfUse()).toEqual({ open: 'project_corrupt' })
})

test.each(['images', 'runs', 'backups', 'incoming', 'runs/1', 'runs/1/checkpoints'])(
  'a file in the place of %s',
  async (name) => {
    rmSync(join(project, name), { recursive: true, force: true })
    writeFileSync(join(project, name), 'a file')
    expect(internal(await codesOfUse())).toEqual([])
  },
)

test.each([
  'owner.sqlite',
  'runs/1/task.json',
  'runs/1/images.txt',
  'runs/1/set.bin',
  'runs/1/sheets.txt',
  'runs/1/generating-1.txt',
  'runs/1/checkpoints/step-00000000.safetensors',
])('a folder in the place of %s', async (name) => {
  rmSync(join(project, name), { recursive: true, force: true })
  mkdirSync(join(project, name))
  expect(internal(await codesOfUse())).toEqual([])
})
