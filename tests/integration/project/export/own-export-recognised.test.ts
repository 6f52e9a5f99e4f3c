import { cpSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ImportReport } from '../../../../contract/dataset.ts'
import { importFolder } from '../../../../native-worker/project/dataset/import-folder.ts'
import { proposeForFolder } from '../../../../native-worker/project/dataset/layouts/propose-for-folder.ts'
import { resizeProject } from '../../../../native-worker/project/dataset/resize-project.ts'
import { readManifest } from '../../../../native-worker/project/export/manifest.ts'
import type { Project } from '../../../../native-worker/project/open-project.ts'
import { drawClassFolders } from '../../../helpers/class-folders.ts'
import type { ReviewedProject } from '../../../helpers/reviewed-project.ts'
import { makeReviewedProject } from '../../../helpers/reviewed-project.ts'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'
import { testImagesClient } from '../../../helpers/test-images-client.ts'
import { testProject } from '../../../helpers/test-project.ts'

let reviewed: ReviewedProject
beforeAll(async () => {
  reviewed = await makeReviewedProject()
})
afterAll(() => reviewed.remove())

const importInto = (
  project: Project,
  folder: string,
  wish: { readonly layout?: 'classes'; readonly root?: string } = {},
): Promise<ImportReport> => importFolder({ project, folder, fit: 'crop', images: testImagesClient(), ...wish })

const rowsOf = (out: string) => readManifest(readFileSync(join(out, 'manifest.csv'), 'utf8'))
const isReal = ({ origin }: { readonly origin: string }): boolean => origin === 'real'

test('an export is known after the project has changed its size', async () => {
  const { project, out } = reviewed.copy()
  await resizeProject({
    ...{ project, size: 16, fit: 'crop', by: 'Ann', images: testImagesClient(), viewsFolder: temporaryFolder() },
    signal: new AbortController().signal,
  })
  const real = rowsOf(out).filter(isReal)
  expect(await importInto(project, out)).toMatchObject({ imported: 0, duplicates: real.length })
  // Without its manifest, too: every picture that was ever derived is on record.
  renameSync(join(out, 'manifest.csv'), join(out, 'list.txt'))
  expect(await importInto(project, out)).toMatchObject({ imported: 0, duplicates: real.length })
})

test('a split folder of an export, and a class folder of one, are read by the manifest above them', async () => {
  const { project, out } = reviewed.copy()
  const rows = rowsOf(out).filter(({ split }) => split === 'train')
  const real = rows.filter(isReal)
  expect(rows.length).toBeGreaterThan(real.length)
  expect(await importInto(project, join(out, 'train'))).toMatchObject({
    imported: 0,
    duplicates: real.length,
    reading: { layout: 'export', remarks: [{ kind: 'synthetic', images: rows.length - real.length, by: 'manifest' }] },
  })

  const other = testProject()
  const report = await importInto(other, join(out, 'train', 'good'))
  const good = real.filter((row) => row.class === 'good')
  expect(report).toMatchObject({
    imported: good.length,
    classes: { good: good.length },
    splits: { train: good.length, val: 0, test: 0 },
  })
  const { proposals } = await proposeForFolder(join(out, 'train'), {})
  expect(proposals).toMatchObject([{ layout: 'export', certainty: 'sure', images: real.length }])

  // What somebody has added is not taken for an image of the export, and is said.
  cpSync(join(out, real[0]?.file ?? ''), join(out, 'train', 'good', 'added.png'))
  expect((await importInto(other, join(out, 'train', 'good'))).skipped).toContainEqual({
    path: 'added.png',
    reason: 'not_in_manifest',
    detail: '',
  })
})

test('a folder beside the files of an export is none of it', async () => {
  const { out } = reviewed.copy()
  await drawClassFolders(join(out, 'new parts'), { scratch: 4 })
  expect(await importInto(testProject(), join(out, 'new parts'))).toMatchObject({
    imported: 4,
    reading: { layout: 'classes' },
  })
  const broken = reviewed.copy().out
  writeFileSync(join(broken, 'manifest.csv'), 'split,class\nno,such\n')
  expect(await importInto(testProject(), join(broken, 'train'))).toMatchObject({ reading: { layout: 'classes' } })
})

test('a project that has the originals knows the pictures that another project exported of them', async () => {
  const { out } = reviewed.copy()
  const source = temporaryFolder()
  await drawClassFolders(source, { good: 6, pit: 3 })
  const project = testProject({ size: 16 })
  expect(await importInto(project, source)).toMatchObject({ imported: 9 })
  const real = rowsOf(out).filter(isReal)
  expect(await importInto(project, out)).toMatchObject({ imported: 0, duplicates: real.length })
  expect(await importInto(project, out, { layout: 'classes', root: 'train' })).toMatchObject({
    imported: 0,
    duplicates: real.filter(({ split }) => split === 'train').length,
  })
})
