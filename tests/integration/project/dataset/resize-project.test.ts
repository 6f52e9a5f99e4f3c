import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import sharp from 'sharp'
import { imagePath } from '../../../../contract/image-path.ts'
import type { ImageId, Sha256 } from '../../../../contract/ids.ts'
import { importFolder } from '../../../../native-worker/project/dataset/import-folder.ts'
import { restoreImages } from '../../../../native-worker/project/dataset/changes/change-images.ts'
import { resizeProject } from '../../../../native-worker/project/dataset/resize-project.ts'
import { openProject } from '../../../../native-worker/project/open-project.ts'
import type { Project } from '../../../../native-worker/project/open-project.ts'
import { getRun } from '../../../../native-worker/project/storage/runs.ts'
import { selectAll } from '../../../../native-worker/project/storage/query.ts'
import { verifyProject } from '../../../../native-worker/project/verify-project.ts'
import { errorCodeOf } from '../../../helpers/error-code.ts'
import { distinctPng } from '../../../helpers/test-pictures.ts'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'
import { testImagesClient } from '../../../helpers/test-images-client.ts'
import { testProject } from '../../../helpers/test-project.ts'
import { testRun } from '../../../helpers/test-samples.ts'

/** Of every kind that is fitted differently: wide, high, turned by its camera, 16 bits deep. */
async function drawSource(): Promise<string> {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'pit'))
  const at = (name: string): string => join(folder, 'pit', name)
  const wide = await sharp(await distinctPng())
    .resize(96, 60, { fit: 'fill' })
    .toBuffer()
  writeFileSync(at('wide.png'), wide)
  writeFileSync(at('high.jpg'), await sharp(wide).rotate(90).jpeg().toBuffer())
  writeFileSync(at('turned.jpg'), await sharp(wide).withMetadata({ orientation: 6 }).jpeg().toBuffer())
  const deep = new Uint16Array(80 * 50).map((_, index) => index % 4096)
  const raw = { width: 80, height: 50, channels: 1 } as const
  writeFileSync(at('deep.png'), await sharp(deep, { raw }).toColourspace('grey16').png().toBuffer())
  return folder
}

const importInto = (project: Project, folder: string) =>
  importFolder({ project, folder, fit: 'crop', images: testImagesClient() })

const resize = (project: Project, more: Partial<Parameters<typeof resizeProject>[0]> = {}) =>
  resizeProject({ project, size: 48, by: 'Ann', images: testImagesClient(), viewsFolder: temporaryFolder(), ...more })

const picturesOf = ({ db }: Project): readonly string[] =>
  selectAll<{ sha256: string }>(db, "SELECT sha256 FROM images WHERE state = 'active' ORDER BY source_path").map(
    ({ sha256 }) => sha256,
  )

const problemsOf = async (project: Project): Promise<readonly string[]> =>
  (await verifyProject({ project })).problems.map(({ kind, path, detail }) => `${kind} ${path}: ${detail}`)

test('every picture is derived again from its original: as an import at that size would have made it', async () => {
  const folder = await drawSource()
  const project = testProject({ size: 32 })
  await importInto(project, folder)
  const before = picturesOf(project)
  const direct = testProject({ size: 48 })
  await importInto(direct, folder)

  expect(await resize(project)).toEqual({ size: 48, images: 4, leftOut: [] })
  expect(project.size).toBe(48)
  expect(project.describe().size).toBe(48)
  expect(picturesOf(project)).toEqual(picturesOf(direct))
  expect(await problemsOf(project)).toEqual([])

  // The old pictures stay: runs have learned from them. Back again, they are used again, to the byte.
  await resize(project, { size: 32 })
  expect(picturesOf(project)).toEqual(before)
  expect(await problemsOf(project)).toEqual([])
})

test('another way of fitting shows another part, which is on record', async () => {
  const folder = await drawSource()
  const project = testProject({ size: 32 })
  await importInto(project, folder)
  const stretched = testProject({ size: 32 })
  await importFolder({ project: stretched, folder, fit: 'stretch', images: testImagesClient() })
  await resize(project, { size: 32, fit: 'stretch' })
  expect(picturesOf(project)).toEqual(picturesOf(stretched))
  expect(await problemsOf(project)).toEqual([])
  expect(await errorCodeOf(() => resize(project, { size: 32, fit: 'stretch' }))).toBe('invalid_request')
})

test('images without an original are refused by name, or left out; they come back only at the size of their picture', async () => {
  const project = testProject({ size: 32 })
  await importInto(project, await drawSource())
  const { sha256 } = selectAll<{ sha256: Sha256 }>(project.db, 'SELECT sha256 FROM originals WHERE id = 2')[0] ?? {
    sha256: '' as Sha256,
  }
  const shelf = join(project.originalsFolder, sha256.slice(0, 2))
  for (const name of readdirSync(shelf)) if (name.startsWith(sha256)) rmSync(join(shelf, name))
  const before = picturesOf(project)
  expect(await errorCodeOf(() => resize(project))).toBe('originals_missing')
  expect(picturesOf(project)).toEqual(before)
  expect(project.size).toBe(32)

  const { images, leftOut } = await resize(project, { leaveOut: true })
  expect({ images, leftOut: leftOut.length }).toEqual({ images: 3, leftOut: 1 })
  const out = selectAll<{ id: ImageId }>(project.db, "SELECT id FROM images WHERE state = 'excluded'").map(
    ({ id }) => id,
  )
  expect(out).toHaveLength(1)
  const restore = async (): Promise<void> => {
    await Promise.resolve()
    restoreImages(project.db, { ids: out, by: 'Ann' })
  }
  expect(await errorCodeOf(restore)).toBe('picture_of_other_size')
  expect((await problemsOf(project)).filter((problem) => !problem.startsWith('missing_file originals/'))).toEqual([])
})

test('a run keeps the size that it learned at', async () => {
  const project = testProject({ size: 32 })
  await importInto(project, await drawSource())
  const run = testRun(project)
  await resize(project)
  expect(getRun(project.db, run).size).toBe(32)
  expect(getRun(project.db, testRun(project)).size).toBe(48)
})

test('cancelled, nothing is changed and nothing is left', async () => {
  const project = testProject({ size: 32 })
  await importInto(project, await drawSource())
  const before = picturesOf(project)
  const cancel = new AbortController()
  const resizing = resize(project, { signal: cancel.signal, onProgress: () => cancel.abort() })
  expect(await errorCodeOf(() => resizing)).toBe('cancelled')
  expect(picturesOf(project)).toEqual(before)
  expect(await problemsOf(project)).toEqual([])
  expect(existsSync(join(project.folder, 'incoming/resize'))).toBe(false)
})

test('killed after the pictures were moved and before they were recorded, the next opening removes them', async () => {
  const project = testProject({ size: 32 })
  await importInto(project, await drawSource())
  const [used = ''] = picturesOf(project)
  const stray = 'ab'.padEnd(64, '1') as Sha256
  const file = join(project.imagesFolder, imagePath(stray))
  mkdirSync(join(file, '..'), { recursive: true })
  writeFileSync(file, 'moved, not recorded')
  writeFileSync(join(project.folder, 'resizing.txt'), `${stray}\n${used}\n`)
  project.close()
  const again = openProject(project.folder, { sqliteBinding: null })
  expect(existsSync(file)).toBe(false)
  expect(existsSync(join(again.folder, 'resizing.txt'))).toBe(false)
  expect(await problemsOf(again)).toEqual([])
  again.close()
})
