import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { importFolder } from '../../../../native-worker/project/dataset/import-folder.ts'
import { resizeProject } from '../../../../native-worker/project/dataset/resize-project.ts'
import { readManifest } from '../../../../native-worker/project/export/manifest.ts'
import { planExport } from '../../../../native-worker/project/export/plan-export.ts'
import { verifyExport } from '../../../../native-worker/project/export/verify-export.ts'
import { writeExport } from '../../../../native-worker/project/export/write-export.ts'
import type { Project } from '../../../../native-worker/project/open-project.ts'
import { decide } from '../../../../native-worker/project/review/decide.ts'
import { drawSplitsAnew } from '../../../../native-worker/project/storage/splits.ts'
import { errorCodeOf } from '../../../helpers/error-code.ts'
import { distinctPng } from '../../../helpers/test-pictures.ts'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'
import { testImagesClient } from '../../../helpers/test-images-client.ts'
import { testProject } from '../../../helpers/test-project.ts'
import { testSamples } from '../../../helpers/test-samples.ts'

const wish = { layout: 'imagefolder', target: 'max', pictures: 'original' } as const

async function drawSource(): Promise<string> {
  const folder = temporaryFolder()
  const at = (name: string): string => join(folder, name)
  mkdirSync(at('good'))
  mkdirSync(at('pit'))
  const wide = await sharp(await distinctPng())
    .resize(96, 60, { fit: 'fill' })
    .toBuffer()
  writeFileSync(at('good/plain.png'), await sharp(wide).removeAlpha().png().toBuffer())
  writeFileSync(at('good/photo.jpg'), await sharp(wide).jpeg().toBuffer())
  writeFileSync(at('good/turned.jpg'), await sharp(wide).withMetadata({ orientation: 6 }).jpeg().toBuffer())
  writeFileSync(at('good/scan.tif'), await sharp(wide).tiff().toBuffer())
  const deep = new Uint16Array(80 * 50).map((_, index) => index)
  const raw = { width: 80, height: 50, channels: 1 } as const
  writeFileSync(at('pit/deep.png'), await sharp(deep, { raw }).toColourspace('grey16').png().toBuffer())
  return folder
}

async function filledProject(): Promise<{ readonly project: Project; readonly folder: string }> {
  const folder = await drawSource()
  const project = testProject({ size: 32 })
  await importFolder({ project, folder, fit: 'crop', images: testImagesClient() })
  drawSplitsAnew(project.db, { shares: { val: 0, test: 0 }, seed: 1 })
  return { project, folder }
}

const exportTo = (project: Project, out: string) =>
  writeExport({ project, images: testImagesClient(), viewsFolder: temporaryFolder(), folder: out, ...wish })

test('real images leave as they were imported; what readers would see otherwise is made upright and 8 bits deep', async () => {
  const { project, folder } = await filledProject()
  const ids = await testSamples(project, { className: 'pit', count: 3 })
  decide(project, { sampleIds: ids, action: 'accept', by: 'Ann' })
  const out = join(temporaryFolder(), 'out')
  await exportTo(project, out)
  const rows = readManifest(readFileSync(join(out, 'manifest.csv'), 'utf8'))
  const rowOf = (source: string) => rows.find(({ source_path: path }) => path.endsWith(source))

  for (const name of ['good/plain.png', 'good/photo.jpg']) {
    const row = rowOf(name)
    expect(row).toMatchObject({ width: '96', height: '60' })
    expect(row?.file).toMatch(name.slice(-4))
    expect(row?.sha256).toBe(row?.source_sha256)
    expect(readFileSync(join(out, row?.file ?? ''))).toEqual(readFileSync(join(folder, name)))
  }
  const turned = rowOf('turned.jpg')
  expect(turned).toMatchObject({ width: '60', height: '96' })
  expect(await sharp(join(out, turned?.file ?? '')).metadata()).toMatchObject({ format: 'png', width: 60, height: 96 })
  expect(await sharp(join(out, rowOf('scan.tif')?.file ?? '')).metadata()).toMatchObject({ format: 'png', width: 96 })
  // 4000 grey values of 12 bits: the scale of the import, over the whole image.
  const { data, info } = await sharp(join(out, rowOf('deep.png')?.file ?? ''))
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true })
  expect(info).toMatchObject({ width: 80, height: 50, channels: 1 })
  expect([data[0], data[2000], data[3999]]).toEqual([
    0,
    Math.round((2000 * 255) / 4095),
    Math.round((3999 * 255) / 4095),
  ])

  expect(rows.filter(({ origin }) => origin === 'synthetic')).toMatchObject([
    { width: '32', height: '32', rank: '1' },
    { width: '32', height: '32', rank: '2' },
    { width: '32', height: '32', rank: '3' },
  ])
  expect(await verifyExport({ folder: out, db: project.db })).toMatchObject({ problems: [] })
})

test('an original that is gone or changed stops the export, and nothing of it is left', async () => {
  const { project } = await filledProject()
  const parent = temporaryFolder()
  const [shelf = ''] = readdirSync(project.originalsFolder)
  const [name = ''] = readdirSync(join(project.originalsFolder, shelf))
  writeFileSync(join(project.originalsFolder, shelf, name), 'other bytes')
  expect(await errorCodeOf(() => exportTo(project, join(parent, 'out')))).toBe('image_missing')
  rmSync(join(project.originalsFolder, shelf, name))
  expect(await errorCodeOf(() => exportTo(project, join(parent, 'out')))).toBe('image_missing')
  project.db.exec('DELETE FROM originals WHERE id = 1')
  expect(await errorCodeOf(() => exportTo(project, join(parent, 'out')))).toBe('originals_missing')
  expect(readdirSync(parent)).toEqual([])
})

test('after a change of size only samples of the new size fill a class; the others are counted', async () => {
  const { project } = await filledProject()
  const old = await testSamples(project, { className: 'pit', count: 2 })
  decide(project, { sampleIds: old, action: 'accept', by: 'Ann' })
  const images = testImagesClient()
  await resizeProject({ project, size: 48, by: 'Ann', images, viewsFolder: temporaryFolder() })
  const fresh = await testSamples(project, { className: 'pit', count: 1 })
  decide(project, { sampleIds: fresh, action: 'accept', by: 'Ann' })
  const plan = planExport(project, { layout: 'imagefolder', target: 'max' })
  expect(plan.classes.find(({ name }) => name === 'pit')).toMatchObject({
    accepted: 1,
    synthetic: 1,
    otherSize: 2,
    missing: 2,
  })
  const out = join(temporaryFolder(), 'out')
  const { otherSize } = await writeExport({
    ...{ project, images, viewsFolder: temporaryFolder(), folder: out, layout: 'imagefolder', target: 'max' },
  })
  expect(otherSize).toBe(2)
  expect(await verifyExport({ folder: out, db: project.db })).toMatchObject({ problems: [] })
})
