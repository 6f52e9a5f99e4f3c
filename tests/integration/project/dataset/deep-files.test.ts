import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { importFolder } from '../../../../native-worker/project/dataset/import-folder.ts'
import type { Project } from '../../../../native-worker/project/open-project.ts'
import { imageFile } from '../../../../native-worker/files/project-paths.ts'
import type { Sha256 } from '../../../../contract/ids.ts'
import { selectAll } from '../../../../native-worker/project/storage/query.ts'
import { png16, png16WithChunk } from '../../../helpers/test-pictures.ts'
import { caseFolder } from '../../../helpers/case-folder.ts'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'
import { testImagesClient } from '../../../helpers/test-images-client.ts'
import { testProject } from '../../../helpers/test-project.ts'

const importInto = (project: Project, folder: string, more: Partial<Parameters<typeof importFolder>[0]> = {}) =>
  importFolder({ project, folder, fit: 'stretch', images: testImagesClient(), ...more })

interface StoredImage {
  readonly sha256: Sha256
  readonly path: string
  readonly low: number | null
  readonly high: number | null
  readonly page: number
}

const storedImages = ({ db }: Project): readonly StoredImage[] =>
  selectAll(db, 'SELECT sha256, source_path AS path, grey_low AS low, grey_high AS high, page FROM images ORDER BY id')

/** A value of every stored picture, by the name of its file. */
async function eachPicture(project: Project, of: (pixels: Buffer) => number): Promise<Record<string, number>> {
  const entries = storedImages(project).map(async ({ sha256, path }) => {
    const pixels = await sharp(imageFile(project.imagesFolder, sha256)).toColourspace('b-w').raw().toBuffer()
    return [basename(path).replace(/\.\w+$/, ''), of(pixels)] as const
  })
  return Object.fromEntries(await Promise.all(entries))
}

const brightest = (pixels: Buffer): number => Math.max(...pixels)
const median = (pixels: Buffer): number => [...pixels].sort((a, b) => a - b)[pixels.length >> 1] ?? NaN
const mean = (pixels: Buffer): number => Math.round(pixels.reduce((sum, value) => sum + value, 0) / pixels.length)

/** At the size of the cases, so that no resizing changes a value. */
const sameSize = () => testProject({ size: 64 })

describe('one depth for an import', () => {
  test('frames of a 12-bit camera keep the order of their brightness', async () => {
    const project = sameSize()
    const report = await importInto(project, caseFolder('depth12-mixed-tif'))
    expect(report).toMatchObject({
      imported: 5,
      depth: { bits: 12, source: 'largest_value', files: 5, clipped: 0, earlier: [] },
    })
    expect(await eachPicture(project, brightest)).toEqual({
      bright_max4000: 249,
      mid_max2000: 125,
      dim_max1000: 62,
      dark_max500: 31,
      vdark_max240: 15,
    })
    expect(new Set(storedImages(project).map(({ low, high }) => `${low}–${high}`))).toEqual(new Set(['0–4095']))
  })

  test('one glint changes no background', async () => {
    const project = sameSize()
    await importInto(project, caseFolder('darkfield16'))
    expect(await eachPicture(project, median)).toEqual({ dark_with_scratch: 2, dark_with_scratch_and_glint: 2 })
  })

  test('14 bits use the whole range', async () => {
    const project = sameSize()
    const report = await importInto(project, caseFolder('depth14'))
    expect(report.depth).toMatchObject({ bits: 14 })
    expect(await eachPicture(project, brightest)).toEqual({ f0_max16383: 255, f1_max12000: 187, f2_max8000: 125 })
  })

  test('16-bit files of 8 bits are not those of 8 bits: their scale is known, too', async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'pit'))
    writeFileSync(join(folder, 'pit', 'a.png'), png16(64, 200))
    const project = sameSize()
    expect((await importInto(project, folder)).depth).toMatchObject({ bits: 8, files: 1, clipped: 0 })
    expect(await eachPicture(project, brightest)).toEqual({ a: 200 })
    expect(storedImages(project)).toMatchObject([{ low: 0, high: 255 }])
  })

  test('what is asked for is done, and what it cuts off is counted', async () => {
    const project = sameSize()
    const report = await importInto(project, caseFolder('depth12-mixed-tif'), { depth: 10 })
    expect(report.depth).toMatchObject({ bits: 10, source: 'asked', clipped: 2 })
    expect(await eachPicture(project, brightest)).toMatchObject({ bright_max4000: 255, dim_max1000: 249 })
  })

  test('another depth than that of an earlier import is said', async () => {
    const project = sameSize()
    await importInto(project, caseFolder('depth14'))
    const report = await importInto(project, caseFolder('depth12-mixed-tif'))
    expect(report.depth).toMatchObject({ bits: 12, earlier: [14] })
  })

  test('what a PNG file says of its bits counts before what it holds', async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'pit'))
    writeFileSync(join(folder, 'pit', 'a.png'), png16WithChunk({ size: 64, value: 600 }, ['sBIT', Buffer.from([12])]))
    const project = sameSize()
    const report = await importInto(project, folder)
    expect(report.depth).toMatchObject({ bits: 12, source: 'declared' })
    expect(await eachPicture(project, brightest)).toEqual({ a: 37 })
  })

  test('opaque transparency is no brightness', async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'pit'))
    const grey = Uint16Array.from({ length: 64 * 64 * 4 }, (_, index) => (index % 4 === 3 ? 65_535 : 2000))
    await sharp(grey, { raw: { width: 64, height: 64, channels: 4 } })
      .toColourspace('rgb16')
      .png()
      .toFile(join(folder, 'pit', 'a.png'))
    const project = sameSize()
    expect((await importInto(project, folder)).depth).toMatchObject({ bits: 12 })
    expect(await eachPicture(project, brightest)).toEqual({ a: 125 })
  })

  test('files of 8 bits in the same import stay as they are', async () => {
    const folder = temporaryFolder()
    cpSync(caseFolder('depth14'), folder, { recursive: true })
    await sharp(Buffer.alloc(64 * 64, 77), { raw: { width: 64, height: 64, channels: 1 } })
      .png()
      .toFile(join(folder, 'thermal', 'plain.png'))
    const project = sameSize()
    expect((await importInto(project, folder)).depth).toMatchObject({ bits: 14, files: 3 })
    expect(await eachPicture(project, brightest)).toMatchObject({ plain: 77, f1_max12000: 187 })
    expect(storedImages(project).find(({ path }) => path.endsWith('plain.png'))).toMatchObject({ high: null })
  })
})

describe('32-bit and signed files', () => {
  const files = caseFolder('uint32-tiff')
  const alone = (...names: readonly string[]): string => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'map'))
    for (const name of names) cpSync(join(files, 'map', name), join(folder, 'map', name))
    return folder
  }

  test('of one range are scaled by it', async () => {
    const means = await Promise.all(
      ['u32_8bitrange', 'u32_12bitrange', 'u32_16bitrange', 'u32_full'].map(async (name) => {
        const project = sameSize()
        const report = await importInto(project, alone(`${name}.tif`))
        expect(report).toMatchObject({ imported: 1, depth: { wide: name === 'u32_full' ? 'full' : 'same' } })
        return (await eachPicture(project, mean))[name] ?? NaN
      }),
    )
    // One scene, whatever its range.
    expect(Math.max(...means) - Math.min(...means)).toBeLessThanOrEqual(1)
    expect(means[3]).toBeGreaterThan(100)
  })

  test('of several ranges in one import are named, and so are signed ones', async () => {
    const report = await importInto(sameSize(), files)
    expect(report.imported).toBe(1)
    expect(
      Object.fromEntries(report.skipped.map(({ path, reason, cause }) => [basename(path), { reason, cause }])),
    ).toEqual({
      'u32_8bitrange.tif': { reason: 'unsupported_kind', cause: { name: 'unknown_range', value: '227' } },
      'u32_12bitrange.tif': { reason: 'unsupported_kind', cause: { name: 'unknown_range', value: '3653' } },
      'u32_16bitrange.tif': { reason: 'unsupported_kind', cause: { name: 'unknown_range', value: '58469' } },
      'i16_signed.tif': { reason: 'unsupported_kind', cause: { name: 'signed', value: '16' } },
      'i32_16bitrange.tif': { reason: 'unsupported_kind', cause: { name: 'signed', value: '32' } },
    })
  })
})

test('of several pages the largest is taken, and the others are said', async () => {
  const project = sameSize()
  const report = await importInto(project, caseFolder('multipage-tiff'))
  expect(report.manyPages).toEqual([
    { path: 'crack/anim.gif', pages: 3, taken: 1 },
    { path: 'crack/stack6.tif', pages: 6, taken: 1 },
    { path: 'crack/thumb_first.tif', pages: 2, taken: 2 },
  ])
  expect(storedImages(project).map(({ path, page }) => [basename(path), page])).toEqual([
    ['anim.gif', 0],
    ['stack6.tif', 0],
    ['thumb_first.tif', 1],
  ])
  const { db } = project
  expect(selectAll(db, `SELECT source_width AS width FROM images WHERE source_path LIKE '%thumb_first%'`)).toEqual([
    { width: 64 },
  ])
})

describe('bitmaps as they come', () => {
  test('a row end on the last row is no damage', async () => {
    const project = sameSize()
    const report = await importInto(project, caseFolder('bmp-rle8-eol'))
    expect(report.imported + report.duplicates).toBe(2)
    expect(report.skipped.filter(({ reason }) => reason !== 'duplicate')).toEqual([])
  })

  test('one cut in half is refused', async () => {
    const report = await importInto(sameSize(), caseFolder('bmp-rle8-truncated'))
    expect(report).toMatchObject({
      imported: 1,
      skipped: [{ path: 'scratch/half.bmp', reason: 'corrupt', cause: { name: 'cut_short' } }],
    })
  })
})
