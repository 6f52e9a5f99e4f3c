import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { imagePath } from '../../../../contract/image-path.ts'
import type { Sha256 } from '../../../../contract/ids.ts'
import { importFolder } from '../../../../native-worker/project/dataset/import-folder.ts'
import { readManifest } from '../../../../native-worker/project/export/manifest.ts'
import { writeExport } from '../../../../native-worker/project/export/write-export.ts'
import type { Project } from '../../../../native-worker/project/open-project.ts'
import { decide } from '../../../../native-worker/project/review/decide.ts'
import { ensureClass } from '../../../../native-worker/project/storage/classes.ts'
import { insertSamples } from '../../../../native-worker/project/storage/samples.ts'
import { drawSplitsAnew } from '../../../../native-worker/project/storage/splits.ts'
import { drawClassFolders } from '../../../helpers/class-folders.ts'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'
import { testImagesClient } from '../../../helpers/test-images-client.ts'
import { testProject } from '../../../helpers/test-project.ts'
import { testCheckpointSha256, testRun } from '../../../helpers/test-samples.ts'

/** A bright block in one corner, at `seed` grey values more or less: nine near copies of each of three corners. */
async function drawBlock(project: Project, { corner, seed }: { corner: number; seed: number }): Promise<Sha256> {
  const { size } = project
  const pixels = new Uint8Array(size * size).fill(60)
  const [left, top] = [(corner % 2) * (size / 2), Math.floor(corner / 2) * (size / 2)]
  for (let y = top; y < top + size / 2; y++) pixels.fill(200 + seed, y * size + left, y * size + left + size / 2)
  const png = await sharp(pixels, { raw: { width: size, height: size, channels: 1 } })
    .toColourspace('b-w')
    .png()
    .toBuffer()
  const sha256 = createHash('sha256').update(png).digest('hex') as Sha256
  const file = join(project.imagesFolder, imagePath(sha256))
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, png)
  return sha256
}

test('where fewer are wanted than were accepted, those that are unlike one another are taken, with their rank', async () => {
  const source = join(temporaryFolder(), 'source')
  await drawClassFolders(source, { good: 5, pit: 2 })
  const project = testProject()
  await importFolder({ project, folder: source, fit: 'crop', images: testImagesClient() })
  drawSplitsAnew(project.db, { shares: { val: 0, test: 0 }, seed: 1 })
  const images = []
  const cornerOf = new Map<string, number>()
  for (let index = 0; index < 27; index++) {
    // The first nine are nearly the same: first generated first would take three of them.
    const corner = Math.floor(index / 9)
    const sha256 = await drawBlock(project, { corner, seed: index % 9 })
    cornerOf.set(sha256, corner)
    images.push({ seed: index, sha256 })
  }
  const ids = insertSamples(project.db, {
    ...{ runId: testRun(project), checkpointStep: 10, checkpointSha256: testCheckpointSha256 },
    ...{ classId: ensureClass(project.db, 'pit'), images },
  })
  decide(project, { sampleIds: ids, action: 'accept', by: 'Ann' })
  const rowsOf = async (name: string) => {
    const out = join(temporaryFolder(), name)
    await writeExport({
      ...{ project, images: testImagesClient(), viewsFolder: temporaryFolder(), folder: out },
      ...{ layout: 'imagefolder', target: 'max' },
    })
    return readManifest(readFileSync(join(out, 'manifest.csv'), 'utf8')).filter(({ origin }) => origin === 'synthetic')
  }
  const rows = await rowsOf('one')
  expect(rows.map(({ rank }) => rank)).toEqual(['1', '2', '3'])
  expect(new Set(rows.map(({ sha256 }) => cornerOf.get(sha256))).size).toBe(3)
  expect(await rowsOf('again')).toEqual(rows)
})
