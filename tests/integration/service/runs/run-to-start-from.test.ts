import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { FlawsmithError } from '../../../../contract/errors.ts'
import type { RunId } from '../../../../contract/ids.ts'
import type { RequestInput } from '../../../../contract/service.ts'
import type { RunSummary } from '../../../../contract/training.ts'
import { sha256Of } from '../../../../native-worker/files/sha256-of.ts'
import { databaseFile } from '../../../../native-worker/files/project-paths.ts'
import { connect } from '../../../../native-worker/project/storage/connect.ts'
import type { LocalClient } from '../../../../native-worker/service/ports/local-client.ts'
import { baseTensorsOf } from '../../../../native-worker/trainer/bases/base-tensors-of.ts'
import { decodeSafetensors } from '../../../../native-worker/trainer/safetensors.ts'
import { drawClassFolders } from '../../../helpers/class-folders.ts'
import { testCacheFolder } from '../../trainer/engines-to-test.ts'
import { testService } from '../../../helpers/test-service.ts'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'

const asked = { recipe: 'crgan', engine: 'wasm', steps: 1, seed: 3, parameters: { batch: 2 } } as const
const first = 1 as RunId

async function make(
  client: LocalClient,
  { folder, size = 16, channels = 1 }: { readonly folder: string; readonly size?: number; readonly channels?: 1 | 3 },
): Promise<string> {
  await client.request('projects.create', { folder, name: 'line 3', size, channels })
  await drawClassFolders(join(folder, '../images'), { scratch: 5, pit: 4 })
  await client.perform('dataset.import', { folder: join(folder, '../images'), fit: 'crop' })
  return folder
}

async function train(client: LocalClient, input: RequestInput<'runs.start'>): Promise<RunSummary> {
  return client.waitForRun(await client.request('runs.start', input))
}

/** A closed project with one finished run. */
async function trained(client: LocalClient, more: Partial<RequestInput<'runs.start'>> = {}): Promise<string> {
  const folder = await make(client, { folder: join(temporaryFolder(), 'line 3') })
  expect(await train(client, { ...asked, ...more })).toMatchObject({ status: 'finished' })
  await client.request('projects.close', {})
  return folder
}

const checkpointOf = (project: string, run = 1, step = 1): string =>
  join(project, 'runs', String(run), 'checkpoints', `step-${String(step).padStart(8, '0')}.safetensors`)

/** Largest difference of the generator's kernels, and of nothing else. */
function distance(file: string, other: string): number {
  const [one, two] = [file, other].map(
    (each) =>
      new Map(baseTensorsOf(decodeSafetensors(readFileSync(each)).tensors).map((tensor) => [tensor.name, tensor])),
  )
  const names = [...(one?.keys() ?? [])].filter((name) => /^generator\/.*kernel$/.test(name))
  expect(names.length).toBeGreaterThan(5)
  return Math.max(
    ...names.map((name) => {
      const [a, b] = [one?.get(name)?.values ?? [], two?.get(name)?.values ?? []]
      return Math.max(...Array.from(a, (value, index) => Math.abs(value - (b[index] ?? Infinity))))
    }),
  )
}

async function refusalOf(attempt: Promise<unknown>): Promise<Record<string, unknown>> {
  const thrown: unknown = await attempt.then(
    () => null,
    (raised: unknown) => raised,
  )
  if (!(thrown instanceof FlawsmithError)) throw new Error(`not refused: ${String(thrown)}`)
  return { code: thrown.code, message: thrown.message, ...thrown.details }
}

test(
  'a run starts from a finished run of another project, keeps its weights, and goes on without that project',
  { timeout: 400_000 },
  async () => {
    const { client, folder } = testService(undefined, { cache: testCacheFolder })
    const line3 = await trained(client)
    const source = checkpointOf(line3)
    const sha256 = sha256Of(readFileSync(source))

    const project = await make(client, { folder: join(folder, 'line 4') })
    const startFrom = { folder: line3 }
    expect(await client.request('runs.offered', { folder: line3, recipe: 'crgan' })).toMatchObject({
      project: 'line 3',
      runs: [{ runId: 1, step: 1, size: 16, classNames: ['scratch', 'pit'], refusal: null }],
    })
    const run = await train(client, { ...asked, startFrom })
    expect(run).toMatchObject({ status: 'finished', id: 1 })
    const details = await client.request('runs.show', { runId: run.id })
    expect(details.origin).toMatchObject({
      ...{ project: 'line 3', run: 1, recipe: 'crgan', edition: '2', size: 16, channels: 1, step: 1, sha256 },
    })
    expect(details.parameters).toMatchObject({ base: 'run' })
    expect(details.versions).toMatchObject({ base: sha256 })
    const task = JSON.parse(readFileSync(join(project, 'runs/1/task.json'), 'utf8')) as Record<string, unknown>
    expect(task['startFrom']).toEqual({ file: 'base.safetensors', sha256 })
    expect(sha256Of(readFileSync(join(project, 'runs/1/base.safetensors')))).toBe(sha256)

    // From the same seed one step leaves it near what it started from; from scratch it is somewhere else.
    const scratch = await train(client, { ...asked, parameters: { batch: 2, base: 'none' } })
    expect(distance(checkpointOf(project), source)).toBeLessThan(0.01)
    expect(distance(checkpointOf(project, scratch.id), source)).toBeGreaterThan(0.1)

    rmSync(line3, { recursive: true })
    expect(await client.waitForRun(await client.request('runs.resume', { runId: run.id, steps: 2 }))).toMatchObject({
      status: 'finished',
      step: 2,
    })
    expect((await client.perform('verify.run', {})).problems).toEqual([])

    const [item] = (await client.request('dataset.summary', {})).classes
    if (item === undefined) throw new Error('no class')
    await client.perform('samples.generate', { runId: run.id, classId: item.id, count: 1 })
    const { items } = await client.request('samples.list', { offset: 0, limit: 10 })
    await client.request('review.decide', { sampleIds: items.map(({ id }) => id), action: 'accept', by: 'Ann' })
    const out = join(folder, 'export')
    await client.perform('exports.run', { folder: out, layout: 'imagefolder', target: 10 })
    const exported = JSON.parse(readFileSync(join(out, 'export.json'), 'utf8')) as { runs: unknown }
    expect(exported.runs).toEqual([{ run: 1, recipe: 'crgan', origin: details.origin }])
    expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain(sha256)
    expect((await client.perform('verify.run', { folder: out })).problems).toEqual([])

    // Its copy is held against the record, as every other file is.
    writeFileSync(join(project, 'runs/1/base.safetensors'), 'other')
    expect((await client.perform('verify.run', {})).problems).toMatchObject([
      { kind: 'changed_file', path: 'runs/1/base.safetensors' },
    ])
  },
)

test(
  'killed before its first checkpoint, it begins again from its own copy, and from no other',
  { timeout: 400_000 },
  async () => {
    const { client, folder } = testService(undefined, { cache: testCacheFolder })
    const line3 = await trained(client)
    const project = await make(client, { folder: join(folder, 'line 4') })
    await train(client, { ...asked, startFrom: { folder: line3, runId: first } })
    await client.request('projects.close', {})
    rmSync(line3, { recursive: true })
    const db = connect(databaseFile(project), { sqliteBinding: null })
    db.exec(
      `DELETE FROM checkpoints; UPDATE runs SET status = 'queued', waits_for = 'mains', step = 0, ended_by = NULL`,
    )
    db.close()
    rmSync(checkpointOf(project))
    const changed = join(temporaryFolder(), 'project')
    cpSync(project, changed, { recursive: true })

    const next = testService(undefined, { cache: testCacheFolder }).client
    await next.request('projects.open', { folder: project })
    await next.request('projects.decideHeldRuns', { start: true })
    const again = await next.waitForRun(await next.request('runs.resume', { runId: first }))
    expect(again).toMatchObject({ status: 'finished', step: 1 })
    const { versions, origin } = await next.request('runs.show', { runId: first })
    expect(versions['base']).toBe(origin?.sha256)

    const base = join(changed, 'runs/1/base.safetensors')
    const bytes = readFileSync(base)
    writeFileSync(base, Buffer.concat([bytes.subarray(0, -4), Buffer.alloc(4)]))
    await next.request('projects.open', { folder: changed })
    await next.request('projects.decideHeldRuns', { start: true })
    const refused = await next.waitForRun(await next.request('runs.resume', { runId: first }))
    expect(refused).toMatchObject({ status: 'failed', failure: { code: 'base_invalid' } })
  },
)

describe('what cannot serve is refused, with what differs and what to do', { timeout: 400_000 }, () => {
  it('another size, colour, recipe or edition, other networks, and a run that has not ended', async () => {
    const { client, folder } = testService(undefined, { cache: testCacheFolder })
    const line3 = await trained(client)
    const startFrom = { folder: line3, runId: first }
    const start = (more: Partial<RequestInput<'runs.start'>> = {}) =>
      refusalOf(client.request('runs.start', { ...asked, startFrom, ...more }))

    await make(client, { folder: join(folder, 'large/project'), size: 32 })
    expect(await start()).toMatchObject({ code: 'base_differs', difference: 'size', found: 16, needed: 32 })
    expect((await start())['message']).toMatch(
      /it draws 16 px, and this project has 32 px\. Bring this project to 16 px/,
    )
    await make(client, { folder: join(folder, 'colour/project'), channels: 3 })
    expect(await start()).toMatchObject({ code: 'base_differs', difference: 'channels', found: 1, needed: 3 })
    // The window has no other words than these details.
    const { runs } = await client.request('runs.offered', { folder: line3, recipe: 'crgan' })
    expect(runs[0]?.refusal).toMatchObject({ code: 'base_differs', details: { difference: 'channels', found: 1 } })

    const project = await make(client, { folder: join(folder, 'same/project') })
    expect(await start({ parameters: { batch: 2, width: 'XS' } })).toMatchObject({
      ...{ code: 'base_differs', difference: 'networks', parameter: 'width', found: 'XXS', needed: 'XS' },
    })
    expect(await start({ parameters: { batch: 2, edition: '1' } })).toMatchObject({ code: 'base_invalid' })
    expect(await start({ recipe: 'acgan' })).toMatchObject({ code: 'base_invalid' })
    expect(await start({ parameters: { batch: 2, base: 'none' } })).toMatchObject({ code: 'invalid_request' })
    expect(await start({ startFrom: { folder: line3, runId: 9 as RunId } })).toMatchObject({ code: 'run_not_found' })
    expect(await start({ startFrom: { folder: join(folder, 'nowhere') } })).toMatchObject({ code: 'project_not_found' })
    expect(await start({ startFrom: { folder: project } })).toMatchObject({ difference: 'no_run', needed: 'crgan' })
    expect(await refusalOf(client.request('runs.start', { ...asked, parameters: { base: 'run' } }))).toMatchObject({
      code: 'base_invalid',
    })
    const alter = (statement: string): void => {
      const db = connect(databaseFile(line3), { sqliteBinding: null })
      db.exec(statement)
      db.close()
    }
    alter(`UPDATE runs SET status = 'interrupted'`)
    expect(await start()).toMatchObject({ difference: 'status', found: 'interrupted' })
    // Where none can serve, the newest says why.
    expect(await start({ startFrom: { folder: line3 } })).toMatchObject({ difference: 'status', run: 1 })
    alter(`UPDATE runs SET status = 'finished', parameters = json_set(parameters, '$.edition', '1')`)
    expect(await start()).toMatchObject({ difference: 'edition', found: '1', needed: '2' })
    alter(`UPDATE runs SET parameters = json_set(parameters, '$.edition', '2')`)

    writeFileSync(checkpointOf(line3), readFileSync(checkpointOf(line3)).subarray(0, -10))
    expect(await start()).toMatchObject({ code: 'base_invalid', run: 1 })
    expect((await start())['message']).toContain('missing or not the file that was recorded')
    // Nothing was begun, and nothing is left.
    expect(await client.request('runs.list', {})).toEqual([])
    expect(existsSync(join(project, 'runs/1'))).toBe(false)
  })
})
