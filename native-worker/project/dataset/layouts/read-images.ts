import type { LayoutRemark } from '../../../../contract/layouts.ts'
import type { FoundMasks } from './find-masks.ts'
import { findMasks } from './find-masks.ts'
import type { FolderListing } from './folder-listing.ts'
import { filePath } from './folder-listing.ts'
import { isImageName, isMaskFolder, stemOf } from './known-names.ts'

export interface ImageFolder {
  readonly names: readonly string[]
  /** Without masks. */
  readonly images: readonly string[]
  /** Files that are neither images nor marks. */
  readonly others: readonly string[]
  /** Holds masks or marks and no images, whatever lies below it. */
  readonly isForMarks: boolean
}

type AnnotationFormat = Extract<LayoutRemark, { kind: 'annotations' }>['format']

/** A listing in which is known which files are images. */
export interface ListedImages extends Pick<FolderListing, 'ignored' | 'exports'> {
  readonly folders: readonly ImageFolder[]
  readonly masks: FoundMasks
  /** What is true of every way to read it. */
  readonly remarks: readonly LayoutRemark[]
}

const markFolders = new Set(['labels', 'annotations'])
const markFile = /\.(txt|xml|json)$/i

export function readImages(listing: FolderListing): ListedImages {
  const masks = findMasks(listing)
  const marks = new Map<AnnotationFormat, number>()
  const tables: string[] = []
  const hasImageNames = listing.folders.some(({ files }) => files.some(isImageName))
  const isImage = hasImageNames ? isImageName : hasNoEnding

  const folders = listing.folders.map(({ names, files }): ImageFolder => {
    const isMask = (file: string): boolean => {
      const path = filePath(names, file)
      return masks.pairs.has(path) || masks.alone.has(path)
    }
    const found = files.filter(isImage)
    const images = found.filter((file) => !isMask(file))
    const inMarkFolder = names.some((name) => markFolders.has(name.toLowerCase()))
    const stems = new Set(images.map(stemOf))
    const documents = files.filter((file) => !isImage(file))
    const isMark = (file: string): boolean => markFile.test(file) && (inMarkFolder || stems.has(stemOf(file)))
    for (const file of documents) {
      const format = formatOf(file, isMark(file))
      if (format !== null) marks.set(format, (marks.get(format) ?? 0) + 1)
      if (/\.(csv|tsv|xlsx?)$/i.test(file) && !listing.exports.has(names.join('/'))) tables.push(filePath(names, file))
    }
    return {
      names,
      images,
      others: documents.filter((file) => !isMark(file) && formatOf(file, false) === null),
      isForMarks:
        images.length === 0 && names.some((name) => markFolders.has(name.toLowerCase()) || isMaskFolder(name)),
    }
  })
  const remarks: LayoutRemark[] = [...marks].map(([format, count]) => ({ kind: 'annotations', format, files: count }))
  const [table] = tables
  if (table !== undefined) remarks.push({ kind: 'table', path: table })
  return { folders, masks, remarks, ignored: listing.ignored, exports: listing.exports }
}

function formatOf(file: string, isMark: boolean): AnnotationFormat | null {
  if (/\.json$/i.test(file)) return isMark || /coco|^instances_/i.test(file) ? 'coco' : null
  if (!isMark) return null
  return /\.xml$/i.test(file) ? 'voc' : 'yolo'
}

/** Where no file is called like an image, those without an ending may be some. */
const hasNoEnding = (name: string): boolean =>
  !name.includes('.') && !/^(readme|licen[cs]e|copying|authors|notice)$/i.test(name)
