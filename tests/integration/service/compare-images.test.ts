import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { DatasetImage } from '../../../contract/dataset.ts'
import type { ClassId, JobId } from '../../../contract/ids.ts'
import type { LocalClient } from '../../../native-worker/service/ports/local-client.ts'
import { errorCodeOf } from '../../helpers/error-code.ts'
import { drawPartFolders } from '../../helpers/part-folders.ts'
import { testService } from '../../helpers/test-service.ts'

/** A project with an import that was cancelled after its last image was recorded, before any two were compared. */
async function importUncompared(client: LocalClient, folder: string): Promise<void> {
  const source = join(folder, 'source')
  await client.request('projects.create', { folder: join(folder, 'project'), size: 64, channels: 1 })
  await drawPartFolders(source, {
    grain: { kind: 'grain', parts: 9, views: 3 },
    brushed: { kind: 'brushed', parts: 8, views: 2 },
  })
  const stop = client.service.events.listen((event) => {
    if (event.name !== 'jobs.progressed' || event.payload.kind !== 'dataset.import') return
    if (event.payload.done === event.payload.total) void client.request('jobs.cancel', { jobId: event.payload.jobId })
  })
  await client.perform('dataset.import', { folder: source, fit: 'crop' })
  stop()
  const { groups, images } = await client.request('dataset.summary', {})
  expect([images, groups.unsearched, groups.groups]).toEqual([43, 43, 0])
}

const partOf = (path: string): string => path.replace(/_\d+\.jpg$/, '')

async function listAllImages(client: LocalClient): Promise<readonly DatasetImage[]> {
  const { classes } = await client.request('dataset.summary', {})
  const pages = await Promise.all(
    classes.map(({ id }) => client.request('dataset.images', { classId: id, offset: 0, limit: 100 })),
  )
  return pages.flatMap(({ items }) => items)
}

async function expectPartsWhole(client: LocalClient): Promise<void> {
  const { groups, split } = await client.request('dataset.summary', {})
  expect(split.lockedAt).not.toBeNull()
  expect(groups).toMatchObject({ unsearched: 0, crossing: 0, groups: 17 })
  const sides = new Map<string, Set<string | undefined>>()
  for (const { sourcePath, split: side } of await listAllImages(client))
    sides.set(partOf(sourcePath), (sides.get(partOf(sourcePath)) ?? new Set()).add(side ?? undefined))
  expect([...sides.values()].filter((found) => found.size > 1)).toEqual([])
}

test('the first run compares images that an import left uncompared, divides them anew, and only then locks', async () => {
  const { client, folder } = testService()
  await importUncompared(client, folder)
  expect(
    await errorCodeOf(() => client.request('runs.start', { recipe: 'procedural', classIds: [99 as ClassId] })),
  ).toBe('class_not_found')
  expect((await client.request('dataset.summary', {})).groups.unsearched).toBe(43)

  const run = await client.waitForRun(await client.request('runs.start', { recipe: 'procedural', engine: 'cpu' }))
  expect(run.status).toBe('finished')
  await expectPartsWhole(client)
  // It learns from what trains now, not from what trained before the images were compared.
  const learned = readFileSync(join(folder, 'project/runs', String(run.id), 'images.txt'), 'utf8')
    .trim()
    .split('\n')
  const train = (await listAllImages(client)).filter(({ split }) => split === 'train').map(({ sha256 }) => sha256)
  expect(learned.sort()).toEqual([...train].sort())
  expect((await client.perform('verify.run', {})).problems).toEqual([])
})

test('splits that are locked by hand are compared first, too', async () => {
  const { client, folder } = testService()
  await importUncompared(client, folder)
  await client.request('dataset.lockSplits', {})
  await expectPartsWhole(client)
})

test('a comparison that is cancelled starts no run and locks nothing', async () => {
  const { client, folder } = testService()
  await importUncompared(client, folder)
  const jobs: JobId[] = []
  const stop = client.service.events.listen((event) => {
    if (event.name !== 'jobs.progressed' || event.payload.kind !== 'groups.find') return
    jobs.push(event.payload.jobId)
    void client.request('jobs.cancel', { jobId: event.payload.jobId })
  })
  expect(await errorCodeOf(() => client.request('runs.start', { recipe: 'procedural', engine: 'cpu' }))).toBe(
    'cancelled',
  )
  stop()
  expect(jobs.length).toBeGreaterThan(0)
  expect(await client.request('runs.list', {})).toEqual([])
  expect((await client.request('dataset.summary', {})).split.lockedAt).toBeNull()
})

test('the images of the sample project are compared when it is made', async () => {
  const { client, folder } = testService()
  await client.perform('projects.createSample', { folder: join(folder, 'sample') })
  const { groups, images } = await client.request('dataset.summary', {})
  expect(groups).toMatchObject({ unsearched: 0, crossing: 0, search: { images } })
})
