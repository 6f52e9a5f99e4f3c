import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import type { Sharp } from 'sharp'
import { expect, test } from 'vitest'
import { importFolder } from '../../../../native-worker/project/dataset/import-folder.ts'
import { RandomStream } from '../../../../native-worker/random/random-stream.ts'
import { createImagesClient } from '../../../../native-worker/service/children/images-client.ts'
import { bitmapSuite } from '../../../helpers/bitmap-suite.ts'
import { rampPixels } from '../../../helpers/test-pictures.ts'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'
import { testImagesClient } from '../../../helpers/test-images-client.ts'
import { testProject } from '../../../helpers/test-project.ts'

const bitmap = (name: string): Buffer => bitmapSuite.find((each) => each.name === name)?.bytes ?? Buffer.alloc(0)

async function everyFormat(): Promise<Readonly<Record<string, Buffer>>> {
  const grey = (): Sharp => sharp(rampPixels(40, 30), { raw: { width: 40, height: 30, channels: 1 } })
  const deep = (): Sharp =>
    sharp(
      Uint16Array.from(rampPixels(40, 30), (value) => value * 16),
      { raw: { width: 40, height: 30, channels: 1 } },
    ).toColourspace('grey16')
  return {
    'grey.png': await grey().png().toBuffer(),
    'deep.png': await deep().png().toBuffer(),
    'grey.jpg': await grey().jpeg().toBuffer(),
    'progressive.jpg': await grey().jpeg({ progressive: true }).toBuffer(),
    'grey.webp': await grey().webp().toBuffer(),
    'grey.gif': await grey().gif().toBuffer(),
    'lzw.tif': await grey().tiff({ compression: 'lzw' }).toBuffer(),
    'deep.tif': await deep().tiff({ compression: 'none' }).toBuffer(),
    'plain.bmp': bitmap('8 bits, greys'),
    'rle8.bmp': bitmap('RLE8'),
    'rle4.bmp': bitmap('RLE4'),
    'masks.bmp': bitmap('16 bits, 5-6-5'),
  }
}

test('files cut anywhere and files with any bits turned leave the import whole, and each has its reason', async () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'pit'))
  const random = RandomStream.fromSeed(7, 'hostile files')
  let written = 0
  const write = (name: string, bytes: Buffer): void => {
    writeFileSync(join(folder, 'pit', `${String(written).padStart(3, '0')}-${name}`), bytes)
    written += 1
  }
  for (const [name, bytes] of Object.entries(await everyFormat())) {
    for (const share of [0.02, 0.2, 0.5, 0.9, 0.99])
      write(`cut-${name}`, bytes.subarray(0, Math.floor(bytes.length * share)))
    for (let round = 0; round < 12; round++) {
      const damaged = Buffer.from(bytes)
      // Headers are short, and what stands in them is what a reader trusts.
      const within = round % 2 === 0 ? Math.min(80, bytes.length) : bytes.length
      for (let flip = 0; flip < 4; flip++) {
        const at = random.integer(within)
        damaged[at] = (damaged[at] ?? 0) ^ (1 << random.integer(8))
      }
      write(`flipped-${name}`, damaged)
    }
  }
  const report = await importFolder({ project: testProject(), folder, fit: 'crop', images: testImagesClient() })
  expect(report.imported + report.skipped.length).toBe(written)
  const cut = report.skipped.filter(({ path }) => path.includes('cut-'))
  for (const { path, reason, detail } of report.skipped) {
    expect(path).not.toBe('')
    expect([
      'corrupt',
      'not_an_image',
      'too_many_pixels',
      'unsupported_kind',
      'empty_file',
      'unreadable',
      'duplicate',
    ]).toContain(reason)
    expect(detail).not.toBe('')
  }
  // Half a file is no image in any format.
  expect(new Set(cut.map(({ path }) => path.slice(path.indexOf('cut-') + 4))).size).toBe(12)
}, 120_000)

test('an import fails where no reader starts, and no file is blamed', async () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'pit'))
  writeFileSync(join(folder, 'pit', 'a.bmp'), bitmap('8 bits, greys'))
  const entry = join(folder, 'reader-that-ends.mjs')
  writeFileSync(entry, 'process.exit(1)')
  for (const images of [
    createImagesClient({ node: join(folder, 'no-such-node'), entry }),
    createImagesClient({ node: process.execPath, entry }),
  ]) {
    const project = testProject()
    await expect(importFolder({ project, folder, fit: 'crop', images })).rejects.toMatchObject({
      code: 'compute_died',
    })
    images.close()
  }
})
