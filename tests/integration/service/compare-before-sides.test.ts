import { mkdirSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import type { ImageId } from '../../../contract/ids.ts'
import type { LocalClient } from '../../../native-worker/service/ports/local-client.ts'
import { drawPartFolders } from '../../helpers/part-folders.ts'
import { testService } from '../../helpers/test-service.ts'

/** A locked project with 43 images of 17 parts, and an import of other compressions of them all that ends before any were compared. */
async function importUncompared(client: LocalClient, { folder, end }: { folder: string; end: 'cancel' | 'close' }) {
  const [project, source, again] = [join(folder, 'project'), join(folder, 'source'), join(folder, 'again')]
  await client.request('projects.create', { folder: project, size: 64, channels: 1 })
  await drawPartFolders(source, {
    grain: { kind: 'grain', parts: 9, views: 3 },
    brushed: { kind: 'brushed', parts: 8, views: 2 },
  })
  await client.perform('dataset.import', { folder: source, fit: 'crop' })
  await client.request('dataset.lockSplits', {})
  for (const name of readdirSync(source)) {
    mkdirSync(join(again, name), { recursive: true })
    for (const file of readdirSync(join(source, name)))
      await sharp(join(source, name, file))
        .webp({ quality: 80 })
        .toFile(join(again, name, file.replace('jpg', 'webp')))
  }
  const ended = new Promise<void>((resolve) => {
    const stop = client.service.events.listen((event) => {
      if (event.name !== 'jobs.progressed' || event.payload.kind !== 'dataset.import') return
      const { jobId, done, total, stage } = event.payload
      if (done !== total || stage !== undefined) return
      stop()
      void (end === 'cancel' ? client.request('jobs.cancel', { jobId }) : client.request('projects.close', {})).then(
        () => {
          resolve()
        },
      )
    })
  })
  await client.perform('dataset.import', { folder: again, fit: 'crop' })
  await ended
  if (end === 'close') await client.request('projects.open', { folder: project })
  return { project, again }
}

const partOf = (path: string): string => path.replace(/_\d+\.(jpg|webp)$/, '')

async function listAll(client: LocalClient) {
  const { classes } = await client.request('dataset.summary', {})
  const pages = await Promise.all(
    classes.map(({ id }) => client.request('dataset.images', { classId: id, offset: 0, limit: 100 })),
  )
  return pages.flatMap(({ items }) => items)
}

async function expectHeldBack(client: LocalClient): Promise<void> {
  const images = await listAll(client)
  expect(images).toHaveLength(86)
  expect(images.filter(({ split }) => split === null).map(({ sourcePath }) => sourcePath)).toEqual(
    images.map(({ sourcePath }) => sourcePath).filter((path) => path.endsWith('.webp')),
  )
  expect((await client.request('dataset.summary', {})).split).toMatchObject({ undivided: 43 })
}

async function expectPartsWhole(client: LocalClient): Promise<void> {
  const sides = new Map<string, Set<string | null>>()
  for (const { sourcePath, split } of await listAll(client))
    sides.set(partOf(sourcePath), (sides.get(partOf(sourcePath)) ?? new Set()).add(split))
  expect([...sides.values()].filter((found) => found.size > 1 || found.has(null))).toEqual([])
  expect(await client.request('dataset.summary', {})).toMatchObject({
    split: { undivided: 0 },
    groups: { unsearched: 0, crossing: 0, groups: 17 },
  })
  expect((await client.perform('verify.run', {})).problems).toEqual([])
}

test('where the splits are locked, images of a cut off import get no side before they are compared', async () => {
  const { client, folder } = testService()
  const { project, again } = await importUncompared(client, { folder, end: 'close' })
  await expectHeldBack(client)
  // Nor does a person give them one by the way: what was taken out and put back has been compared no more than before.
  const held = (await listAll(client)).filter(({ split }) => split === null).map(({ id }) => id as ImageId)
  const { batch } = await client.request('images.exclude', { ids: held, by: 'Ann' })
  await client.request('changes.undo', { batch: batch ?? 0, by: 'Ann' })
  await expectHeldBack(client)

  await client.perform('dataset.import', { folder: again, fit: 'crop' })
  await expectPartsWhole(client)
  await client.request('projects.close', {})
  await client.request('projects.open', { folder: project })
  await expectPartsWhole(client)
})

test('a run in a locked project compares first what no split holds', async () => {
  const { client, folder } = testService()
  const { project } = await importUncompared(client, { folder, end: 'cancel' })
  await expectHeldBack(client)
  const run = await client.waitForRun(await client.request('runs.start', { recipe: 'procedural', engine: 'cpu' }))
  expect(run.status).toBe('finished')
  await expectPartsWhole(client)
  // What was held back is learned from, where it trains.
  const learned = readFileSync(join(project, 'runs', String(run.id), 'images.txt'), 'utf8')
    .trim()
    .split('\n')
  const train = (await listAll(client)).filter(({ split }) => split === 'train').map(({ sha256 }) => sha256)
  expect(learned.sort()).toEqual(train.sort())
})

test('an export compares them first, too', async () => {
  const { client, folder } = testService()
  await importUncompared(client, { folder, end: 'cancel' })
  const planned = await client.request('exports.plan', { layout: 'imagefolder', target: 'none' })
  expect(planned).toMatchObject({ files: 43, undivided: 43 })
  const out = join(folder, 'out')
  const result = await client.perform('exports.run', { folder: out, layout: 'imagefolder', target: 'none' })
  expect(result).toMatchObject({ files: 86, undivided: 0 })
  await expectPartsWhole(client)
})

test('the app compares them by itself as soon as the project is open', async () => {
  const { client, folder } = testService(undefined, { keepsSchedule: true })
  const compared = new Promise<void>((resolve) => {
    client.service.events.listen((event) => {
      if (event.name === 'jobs.finished' && event.payload.kind === 'groups.find') resolve()
    })
  })
  await importUncompared(client, { folder, end: 'close' })
  await compared
  await expectPartsWhole(client)
})
