import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import sharp from 'sharp'
import type { Sha256 } from '../../contract/ids.ts'
import { drawSample } from '../../native-worker/images/sample-set/draw-sample-set.ts'
import { writeExport } from '../../native-worker/project/export/write-export.ts'
import { createProject } from '../../native-worker/project/create-project.ts'
import { openProject } from '../../native-worker/project/open-project.ts'
import { ensureClass } from '../../native-worker/project/storage/classes.ts'
import { insertImage } from '../../native-worker/project/storage/images.ts'
import { insertImport } from '../../native-worker/project/storage/imports.ts'
import { assignSplits } from '../../native-worker/project/storage/splits.ts'
import { imagePath } from '../../contract/image-path.ts'
import { createImagesClient } from '../../native-worker/service/children/images-client.ts'
import { imagesChildEntry } from '../helpers/test-images-client.ts'
import { compareRates, printBenchLine } from '../helpers/bench-line.ts'

/*
 * A whole export (copy, hash every picture, sync to disk, manifest, sums, report, rename) against `cp -r` of the same
 * pictures, with the sync that makes it as durable.
 */

const run = promisify(execFile)
const root = await mkdtemp(join(tmpdir(), 'flawsmith-bench-'))
const count = 4000
const rounds = 5

const folder = join(root, 'project')
createProject({ folder, size: 64, channels: 1, sqliteBinding: null })
const project = openProject(folder, { sqliteBinding: null })
const images = createImagesClient({ node: process.execPath, entry: imagesChildEntry })

async function fillProject(): Promise<void> {
  const importId = insertImport(project.db, { folder: root, fit: 'crop' })
  for (let index = 0; index < count; index++) {
    const className = index % 2 === 0 ? 'good' : 'stain'
    const pixels = drawSample(className, { seed: 1, index, size: 64 })
    const png = await sharp(pixels, { raw: { width: 64, height: 64, channels: 1 } })
      .toColourspace('b-w')
      .png()
      .toBuffer()
    const sha256 = createHash('sha256').update(png).digest('hex') as Sha256
    const file = join(project.imagesFolder, imagePath(sha256))
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, png)
    insertImage(project.db, {
      ...{ classId: ensureClass(project.db, className), importId, sha256, sizeBytes: png.length },
      ...{ sourcePath: `${index}.png`, sourceWidth: 64, sourceHeight: 64, givenSplit: null, sourceSha256: sha256 },
      ...{ fit: 'crop', shown: { x: 0, y: 0, width: 64, height: 64 }, grey: null, page: 0, isPatch: false },
    })
  }
  assignSplits(project.db)
}

let round = 0
const exportWithFlawsmith = (): Promise<unknown> =>
  writeExport({
    ...{ project, images, viewsFolder: join(root, 'views') },
    folder: join(root, `export-${round++}`),
    layout: 'imagefolder',
    target: 'max',
  })

try {
  await fillProject()
  await exportWithFlawsmith()
  const peer = async (): Promise<void> => {
    const copy = join(root, `copy-${round}`)
    await run('cp', ['-r', project.imagesFolder, copy])
    await run('sync', ['-f', copy])
  }
  const rates = await compareRates({ rounds, count }, { ours: exportWithFlawsmith, peer })
  printBenchLine({ bench: 'export', ...rates, peerName: 'cp -r, then sync', unit: 'files/s' })
} finally {
  images.close()
  project.close()
  await rm(root, { recursive: true, force: true })
}
