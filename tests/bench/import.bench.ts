import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import sharp from 'sharp'
import { drawSample } from '../../native-worker/images/sample-set/draw-sample-set.ts'
import type { OriginalsChoice } from '../../contract/originals.ts'
import { createProject } from '../../native-worker/project/create-project.ts'
import { importFolder } from '../../native-worker/project/dataset/import-folder.ts'
import { openProject } from '../../native-worker/project/open-project.ts'
import { createImagesClient } from '../../native-worker/service/children/images-client.ts'
import { compareRates, printBenchLine } from '../helpers/bench-line.ts'

/*
 * A whole import (decode, resize, encode, hash, sync to disk, record) against ImageMagick doing the same decode, resize, encode
 * and hash, one process a class folder at once; with originals left where they are, and with their bytes kept, which the peer
 * does not do. Neither compares the images with each other; the peer waits for no disk and records nothing. Without ImageMagick only the import is timed.
 */

const run = promisify(execFile)
const root = await mkdtemp(join(tmpdir(), 'flawsmith-bench-'))
const source = join(root, 'source')
const classes = ['scratch', 'stain']
const imagesPerClass = 400
const rounds = 5

async function drawSource(): Promise<void> {
  for (const name of classes) {
    await mkdir(join(source, name), { recursive: true })
    for (let index = 0; index < imagesPerClass; index++) {
      const pixels = drawSample(name, { seed: 1, index, size: 200 })
      const jpeg = await sharp(pixels, { raw: { width: 200, height: 200, channels: 1 } })
        .toColourspace('srgb')
        .jpeg({ quality: 95 })
        .toBuffer()
      await writeFile(join(source, name, `${index}.jpg`), jpeg)
    }
  }
}

const images = createImagesClient({
  node: process.execPath,
  entry: fileURLToPath(new URL('../../native-worker/images/child.ts', import.meta.url)),
})
let round = 0

async function importWithFlawsmith(originals: OriginalsChoice): Promise<void> {
  const folder = join(root, `project-${round++}`)
  createProject({ folder, size: 64, channels: 1, sqliteBinding: null })
  const project = openProject(folder, { sqliteBinding: null })
  const { imported } = await importFolder({ project, folder: source, fit: 'crop', originals, images })
  project.close()
  if (imported !== classes.length * imagesPerClass) throw new Error(`imported ${imported}`)
}

async function convertWithImageMagick(): Promise<void> {
  const out = join(root, `peer-${round++}`)
  await Promise.all(
    classes.map(async (name) => {
      const target = join(out, name)
      await mkdir(target, { recursive: true })
      const files = (await readdir(join(source, name))).map((file) => join(source, name, file))
      await run('mogrify', [
        ...['-path', target, '-format', 'png', '-resize', '64x64^', '-gravity', 'center', '-extent', '64x64'],
        ...['-colorspace', 'Gray', '-depth', '8', '-strip', ...files],
      ])
      const made = (await readdir(target)).map((file) => join(target, file))
      await run('sha256sum', [...files, ...made])
    }),
  )
}

async function hasImageMagick(): Promise<boolean> {
  try {
    await run('mogrify', ['-version'])
    return true
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw thrown
  }
}

try {
  await drawSource()
  await images.describe()
  const hasPeer = await hasImageMagick()
  for (const originals of ['reference', 'keep'] as const) {
    const rates = await compareRates(
      { rounds, count: classes.length * imagesPerClass },
      { ours: () => importWithFlawsmith(originals), peer: hasPeer ? convertWithImageMagick : () => Promise.resolve() },
    )
    printBenchLine({
      bench: `import 200 px JPEG to 64 px, originals: ${originals}`,
      ours: rates.ours,
      ...(hasPeer
        ? { peer: rates.peer, peerName: 'ImageMagick mogrify and sha256sum, 2 processes' }
        : { peer: NaN, peerName: 'ImageMagick is not installed' }),
      unit: 'images/s',
    })
  }
} finally {
  images.close()
  await rm(root, { recursive: true, force: true })
}
