import type { FolderListing, ListedFolder } from './folder-listing.ts'
import { filePath } from './folder-listing.ts'
import { isImageName, isMaskFolder, isSurelyMaskFolder, stemOf, withoutMaskSuffix } from './known-names.ts'

export interface FoundMasks {
  /** Path of each mask to the path of its image. */
  readonly pairs: ReadonlyMap<string, string>
  /** Masks whose image is not there. */
  readonly alone: ReadonlySet<string>
}

interface Mask {
  readonly path: string
  /** Stems its image may have. */
  readonly stems: readonly string[]
  /** Names of the folders between the mask folder and the mask. */
  readonly below: readonly string[]
}

/**
 * Masks beside their images (`a.jpg` with `a_mask.png`, or a folder of pairs `a.jpg`, `a.png`) and in folders of masks (`ground_truth/crack/000_mask.png`). A folder that
 * is merely called like one, and whose files fit no image, is none.
 */
export function findMasks({ folders }: FolderListing): FoundMasks {
  const images = new Map<string, ImagePlace[]>()
  const inFolders = new Map<string, Mask[]>()
  const pairs = new Map<string, string>()
  for (const folder of folders) {
    const names = folder.files.filter(isImageName)
    const depth = folder.names.findIndex(isMaskFolder)
    if (depth >= 0) {
      const key = folder.names.slice(0, depth + 1).join('/')
      const masks = inFolders.get(key) ?? []
      masks.push(...names.map((name) => maskOf(folder, { name, below: folder.names.slice(depth + 1) })))
      inFolders.set(key, masks)
      continue
    }
    const stems = new Map(names.map((name) => [stemOf(name), name]))
    const photographs = photographsWithTwins(names)
    for (const name of names) {
      const stem = stemOf(name)
      const plain = withoutMaskSuffix(stem)
      const twin = plain === stem ? (name.endsWith('.png') ? photographs.get(stem) : undefined) : stems.get(plain)
      if (twin !== undefined && twin !== name) pairs.set(filePath(folder.names, name), filePath(folder.names, twin))
      else
        images.set(stem, [...(images.get(stem) ?? []), { path: filePath(folder.names, name), folders: folder.names }])
    }
  }
  const alone = new Set<string>()
  for (const [key, masks] of inFolders) {
    const found = masks.map((mask) => [mask.path, imageOf(mask, images)] as const)
    const matched = found.filter(([, image]) => image !== undefined)
    const isCertain = isSurelyMaskFolder(key.split('/').at(-1) ?? '')
    if (!isCertain && matched.length * 2 < masks.length) continue
    for (const [mask, image] of found)
      if (image === undefined) alone.add(mask)
      else pairs.set(mask, image)
  }
  return { pairs, alone }
}

/** So many photographs that each has a picture of its own name are no accident. */
const fewestTwins = 5

/**
 * By stem, the photographs of a folder in which every one has a PNG of its name beside it (`a.jpg`, `a.png`), as some data sets keep
 * their masks; none in any other folder: a picture in two formats is two pictures.
 */
function photographsWithTwins(names: readonly string[]): ReadonlyMap<string, string> {
  const photographs = new Map(names.filter((name) => /\.jpe?g$/i.test(name)).map((name) => [stemOf(name), name]))
  const pictures = names.filter((name) => name.endsWith('.png')).map(stemOf)
  const isPaired =
    photographs.size >= fewestTwins &&
    pictures.length === photographs.size &&
    photographs.size + pictures.length === names.length &&
    pictures.every((stem) => photographs.has(stem))
  return isPaired ? photographs : new Map()
}

interface ImagePlace {
  readonly path: string
  readonly folders: readonly string[]
}

const maskOf = (
  folder: ListedFolder,
  { name, below }: { readonly name: string; readonly below: readonly string[] },
): Mask => {
  const stem = stemOf(name)
  // MVTec LOCO: a folder of masks an image.
  const stems = [stem, withoutMaskSuffix(stem), ...below.slice(-1)]
  return { path: filePath(folder.names, name), stems: [...new Set(stems)], below }
}

/** Of the images with its stem, the one whose folders end as the mask's do. */
function imageOf({ stems, below }: Mask, images: ReadonlyMap<string, readonly ImagePlace[]>): string | undefined {
  for (const stem of stems) {
    const places = images.get(stem) ?? []
    const wanted = stem === below.at(-1) ? below.slice(0, -1) : below
    const exact = places.filter(({ folders }) => endsWith(folders, wanted))
    if (exact.length === 1 || (wanted.length > 0 && exact.length > 1)) return exact[0]?.path
    if (wanted.length === 0 && places.length === 1) return places[0]?.path
  }
  return undefined
}

const endsWith = (names: readonly string[], end: readonly string[]): boolean =>
  end.every((name, index) => names[names.length - end.length + index] === name)
