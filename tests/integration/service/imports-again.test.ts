import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import type { ClassId } from '../../../contract/ids.ts'
import { connect } from '../../../native-worker/project/storage/connect.ts'
import { selectAll } from '../../../native-worker/project/storage/query.ts'
import type { LocalClient } from '../../../native-worker/service/ports/local-client.ts'
import { drawClassFolders } from '../../helpers/class-folders.ts'
import { errorCodeOf } from '../../helpers/error-code.ts'
import { testService } from '../../helpers/test-service.ts'

async function importedProject(client: LocalClient, folder: string): Promise<string> {
  const project = join(folder, 'project')
  await client.request('projects.create', { folder: project, size: 32, channels: 1 })
  await drawClassFolders(join(folder, 'images'), { scratch: 20, pit: 8 })
  await client.perform('dataset.import', { folder: join(folder, 'images'), fit: 'crop' })
  return project
}

const idOf = async (client: LocalClient, name: string): Promise<ClassId> => {
  const found = (await client.request('dataset.summary', {})).classes.find((each) => each.name === name)
  if (found === undefined) throw new Error(name)
  return found.id
}

test('with locked splits another compression of an image goes where that image is', async () => {
  const { client, folder } = testService()
  const project = await importedProject(client, folder)
  await client.request('dataset.lockSplits', {})
  mkdirSync(join(folder, 'again/scratch'), { recursive: true })
  for (const name of readdirSync(join(folder, 'images/scratch')))
    await sharp(join(folder, 'images/scratch', name))
      .jpeg({ quality: 70 })
      .toFile(join(folder, 'again/scratch', name.replace('.png', '.jpg')))
  await client.perform('dataset.import', { folder: join(folder, 'again'), fit: 'crop' })
  const db = connect(join(project, 'flawsmith.sqlite'), { sqliteBinding: null, readonly: true })
  const sides = new Map(
    selectAll<{ path: string; split: string }>(db, 'SELECT source_path AS path, split FROM images').map((row) => [
      row.path,
      row.split,
    ]),
  )
  db.close()
  const copies = [...sides].filter(([path]) => path.endsWith('.jpg'))
  expect(copies).toHaveLength(20)
  expect(copies.filter(([path, split]) => sides.get(path.replace('.jpg', '.png')) !== split)).toEqual([])
  expect(new Set(copies.map(([, split]) => split)).size).toBe(3)
})

test('an export of the project itself brings nothing, and leaves nothing behind', async () => {
  const { client, folder } = testService()
  const project = await importedProject(client, folder)
  const out = join(folder, 'export')
  await client.perform('exports.run', { folder: out, layout: 'imagefolder', target: 'max' })
  expect(await client.perform('dataset.import', { folder: out, fit: 'crop' })).toMatchObject({ imported: 0 })
  expect(await client.perform('verify.run', { folder: project })).toMatchObject({ problems: [] })
})

test('what would leave images without a class, or two classes with one name, is refused with a word', async () => {
  const { client, folder } = testService()
  await importedProject(client, folder)
  const by = 'Ann'
  const removal = await client.request('classes.remove', { classId: await idOf(client, 'pit'), by })
  await client.perform('dataset.import', { folder: join(folder, 'images'), fit: 'crop' })
  const revived = (await client.request('changes.list', { offset: 0, limit: 50 })).items.find(
    ({ kind }) => kind === 'revive-class',
  )
  expect(removal.images).toBe(8)
  expect(await errorCodeOf(() => client.request('changes.undo', { batch: revived?.batch ?? 0, by }))).toBe(
    'change_built_upon',
  )
  const renamed = await client.request('classes.rename', { classId: await idOf(client, 'scratch'), name: 'line', by })
  await client.request('classes.rename', { classId: await idOf(client, 'pit'), name: 'scratch', by })
  expect(await errorCodeOf(() => client.request('changes.undo', { batch: renamed.batch ?? 0, by }))).toBe(
    'class_exists',
  )
})

test('an import whose project is closed is cut off', async () => {
  const { client, folder } = testService()
  const project = join(folder, 'project')
  await client.request('projects.create', { folder: project, size: 16, channels: 1 })
  await drawClassFolders(join(folder, 'many'), { scratch: 1500 })
  const newest = async () => (await client.request('imports.list', {}))[0]
  await client.request('dataset.import', { folder: join(folder, 'many'), fit: 'crop' })
  await expect.poll(async () => (await newest())?.filesDone ?? 0, { interval: 10, timeout: 20_000 }).toBeGreaterThan(0)
  expect(await newest()).toMatchObject({ state: 'running' })
  await client.request('projects.close', {})
  await client.request('projects.open', { folder: project })
  expect(await newest()).toMatchObject({ id: 1, state: 'interrupted', files: 1500 })
})
