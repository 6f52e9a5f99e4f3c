import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { ImagesClient } from '../../../../contract/images.ts'
import { imagePath } from '../../../../contract/image-path.ts'
import { sha256Of } from '../../../../native-worker/files/sha256-of.ts'
import { copyShared } from '../../../../native-worker/project/export/copy-shared.ts'
import type { StoredFile } from '../../../../native-worker/project/export/copy-shared.ts'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'
import { testImagesClient } from '../../../helpers/test-images-client.ts'

const count = 1500

/** Pictures in a store, and a folder to copy them to. What they show is nothing to those who copy. */
function filledStore() {
  const [imagesFolder, target] = [temporaryFolder(), temporaryFolder()]
  mkdirSync(join(target, 'train', 'good'), { recursive: true })
  const files = Array.from({ length: count }, (_, index): StoredFile => {
    const bytes = `picture ${index}`
    const sha256 = sha256Of(bytes)
    const file = join(imagesFolder, imagePath(sha256))
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, bytes)
    return { sha256, path: `train/good/${index}.png` }
  })
  const here: StoredFile[] = []
  const copyHere = async (some: readonly StoredFile[]): Promise<void> => {
    for (const file of some) {
      writeFileSync(join(target, file.path), readFileSync(join(imagesFolder, imagePath(file.sha256))))
      here.push(file)
    }
    await nextTurn()
  }
  const copied: StoredFile[] = []
  const copy = (images: Pick<ImagesClient, 'copy'>, more: Partial<Parameters<typeof copyShared>[0]> = {}) =>
    copyShared({
      ...{ files, imagesFolder, target, images, copyHere },
      missing: ({ path }) => new Error(`missing: ${path}`),
      onCopied: (some) => copied.push(...some),
      ...more,
    })
  const wrongFiles = (): readonly string[] =>
    files
      .filter(({ path }, index) => {
        const file = join(target, path)
        return !existsSync(file) || readFileSync(file, 'utf8') !== `picture ${index}`
      })
      .map(({ path }) => path)
  return { files, imagesFolder, target, here, copied, copy, wrongFiles }
}

test('two processes copy every picture once, each what the other has not taken', async () => {
  const { files, here, copied, copy, wrongFiles } = filledStore()
  const images = testImagesClient()
  await images.describe()
  let there = 0
  await copy({
    copy: (request) => {
      there += request.items.length
      return images.copy(request)
    },
  })
  expect(wrongFiles()).toEqual([])
  expect(there).toBeGreaterThan(0)
  expect(here.length + there).toBe(count)
  expect(new Set(copied)).toEqual(new Set(files))
})

test('few pictures are copied without the other process', async () => {
  const { files, here, copy } = filledStore()
  const nobody = { copy: () => Promise.reject(new Error('asked')) }
  await copy(nobody, { files: files.slice(0, 500) })
  expect(here).toHaveLength(500)
})

test('a picture that is damaged in the store is named, and nothing is written afterwards', async () => {
  const { files, imagesFolder, target, copy } = filledStore()
  const images = testImagesClient()
  await images.describe()
  const [first] = files
  if (first === undefined) throw new Error('no picture')
  const damaged = new Set<string>()
  await expect(
    copy({
      copy: (request) => {
        const [item] = request.items
        if (item !== undefined && damaged.size === 0) {
          writeFileSync(join(imagesFolder, imagePath(item.sha256)), 'damaged')
          damaged.add(`missing: ${item.path}`)
        }
        return images.copy(request)
      },
    }),
  ).rejects.toThrow(/^missing: /)
  expect(damaged.size).toBe(1)
  rmSync(target, { recursive: true })
  await nextTurn()
  await images.describe()
  expect(existsSync(target)).toBe(false)
})

test('where the other process dies its pictures are copied here', async () => {
  const { copy, wrongFiles, target } = filledStore()
  const entry = join(temporaryFolder(), 'dies.mjs')
  writeFileSync(
    entry,
    `import { writeFileSync } from 'node:fs'
     process.on('message', ({ items, folder }) => {
       writeFileSync(folder + '/' + items[0].path, 'half')
       process.exit(3)
     })`,
  )
  await copy(testImagesClient({ entry }))
  expect(existsSync(target)).toBe(true)
  expect(wrongFiles()).toEqual([])
})

test('what this process throws ends the copying there, too', async () => {
  const { copy, copied } = filledStore()
  const images = testImagesClient()
  await images.describe()
  const cancelled = new Error('cancelled')
  await expect(copy(images, { copyHere: () => Promise.reject(cancelled) })).rejects.toBe(cancelled)
  const before = copied.length
  await images.describe()
  expect(copied).toHaveLength(before)
  expect(before).toBeLessThan(count - 200)
})
