import { join } from 'node:path'
import { expect, test } from 'vitest'
import { drawClassFolders } from '../../../helpers/class-folders.ts'
import { testService } from '../../../helpers/test-service.ts'

test('of names that differ in case only the older class keeps its folder, however many images either has', async () => {
  const { client, folder } = testService()
  await client.request('projects.create', { folder: join(folder, 'project'), size: 16, channels: 1 })
  const foldersAfter = async (name: string, images: Readonly<Record<string, number>>) => {
    await drawClassFolders(join(folder, name), images)
    await client.perform('dataset.import', { folder: join(folder, name), fit: 'crop', layout: 'classes' })
    const { classes } = await client.request('exports.plan', { layout: 'imagefolder', target: 'max' })
    return Object.fromEntries(classes.map((each) => [each.name, each.folder]))
  }
  expect(await foldersAfter('first', { pit: 2 })).toEqual({ pit: 'pit' })
  expect(await foldersAfter('second', { Pit: 5 })).toEqual({ pit: 'pit', Pit: 'Pit_2' })
  const pit = (await client.request('dataset.summary', {})).classes.find(({ name }) => name === 'Pit')
  if (pit === undefined) throw new Error('no Pit')
  await client.request('classes.rename', { classId: pit.id, name: 'PIT', by: 'Ann' })
  const { classes } = await client.request('exports.plan', { layout: 'imagefolder', target: 'max' })
  expect(Object.fromEntries(classes.map((each) => [each.name, each.folder]))).toEqual({ pit: 'pit', PIT: 'PIT_2' })
})
