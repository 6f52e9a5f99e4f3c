import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { importFolder } from '../../../../native-worker/project/dataset/import-folder.ts'
import { verifyExport } from '../../../../native-worker/project/export/verify-export.ts'
import { writeExport } from '../../../../native-worker/project/export/write-export.ts'
import { drawClassFolders } from '../../../helpers/class-folders.ts'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'
import { testImagesClient } from '../../../helpers/test-images-client.ts'
import { testProject } from '../../../helpers/test-project.ts'

/** As torchvision's `find_classes` and Keras' `index_directory` number them: the sorted names of the folders. */
const numbersIn = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .sort()

test('classes too small for every split keep their number in each, and the export says which they are', async () => {
  const source = join(temporaryFolder(), 'source')
  await drawClassFolders(source, { frayed: 20, clean: 12, nick: 3, pit: 2, ok: 1 })
  const project = testProject()
  await importFolder({ project, folder: source, fit: 'crop', images: testImagesClient() })
  const out = join(temporaryFolder(), 'out')
  const { absent } = await writeExport({
    ...{ project, images: testImagesClient(), viewsFolder: temporaryFolder(), folder: out },
    ...{ layout: 'imagefolder', target: 'max' },
  })
  expect(absent).toEqual([
    { name: 'nick', splits: ['val'] },
    { name: 'pit', splits: ['val', 'test'] },
    { name: 'ok', splits: ['val', 'test'] },
  ])
  const order = readFileSync(join(out, 'classes.txt'), 'utf8').trim().split('\n')
  expect(order).toEqual(['clean', 'frayed', 'nick', 'ok', 'pit'])
  for (const split of ['train', 'val', 'test']) expect(numbersIn(join(out, split))).toEqual(order)
  expect(readdirSync(join(out, 'val', 'pit'))).toEqual(['no-images.txt'])
  const readme = readFileSync(join(out, 'README.txt'), 'utf8')
  expect(readme).toContain('allow_empty=True')
  expect(readme).toContain('No image of “pit” in: val, test.')
  expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain('Without images in')
  expect(JSON.parse(readFileSync(join(out, 'export.json'), 'utf8'))).toMatchObject({
    classes: expect.arrayContaining([expect.objectContaining({ name: 'nick', absentFrom: ['val'] })]) as unknown,
  })
  expect(await verifyExport({ folder: out, db: project.db })).toMatchObject({ problems: [] })
})

test('a split without any image has no folders', async () => {
  const source = join(temporaryFolder(), 'source')
  await drawClassFolders(source, { aa: 2, b: 1 })
  const project = testProject()
  await importFolder({ project, folder: source, fit: 'crop', images: testImagesClient() })
  const out = join(temporaryFolder(), 'out')
  const { absent } = await writeExport({
    ...{ project, images: testImagesClient(), viewsFolder: temporaryFolder(), folder: out },
    ...{ layout: 'imagefolder', target: 'max' },
  })
  expect(absent).toEqual([])
  expect(existsSync(join(out, 'val'))).toBe(false)
})
