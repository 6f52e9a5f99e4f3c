import type { ClassId, ImageId } from '../../../contract/ids.ts'
import type { SourceRectangle } from '../../../contract/source-rectangle.ts'
import { selectAll } from '../storage/query.ts'
import type { Db } from '../storage/query.ts'
import { MarkRefused } from './formats/parsed-marks.ts'

export interface MatchedImage {
  readonly id: ImageId
  readonly classId: ClassId
  readonly className: string
  readonly sourcePath: string
  readonly sourceWidth: number
  readonly sourceHeight: number
  readonly isPatch: boolean
  /** What of the source its picture shows. */
  readonly shown: SourceRectangle
}

/** Of images `i` and their classes `c`. */
export const matchedColumns = `
  i.id, i.class_id AS classId, c.name AS className, i.source_path AS sourcePath, i.source_width AS sourceWidth,
  i.source_height AS sourceHeight, i.frame AS isPatch, i.rect_x AS x, i.rect_y AS y, i.rect_width AS width, i.rect_height AS height`

export type MatchedRow = Omit<MatchedImage, 'isPatch' | 'shown'> & SourceRectangle & { readonly isPatch: number }

export const asMatched = ({ isPatch, x, y, width, height, ...image }: MatchedRow): MatchedImage => ({
  ...image,
  isPatch: isPatch === 1,
  shown: { x, y, width, height },
})

/** Finds the images of a project by the names that other programs have for them. */
export class ImageNames {
  readonly #byName = new Map<string, MatchedImage[]>()
  readonly #byStem = new Map<string, MatchedImage[]>()
  readonly #classNames: ReadonlySet<string>

  constructor(db: Db) {
    const images = selectAll<MatchedRow>(
      db,
      `SELECT ${matchedColumns} FROM images i JOIN classes c ON c.id = i.class_id
       WHERE i.state = 'active' AND c.state = 'active' ORDER BY i.id`,
    ).map(asMatched)
    this.#classNames = new Set(images.map(({ className }) => className))
    for (const image of images) {
      const name = lastName(image.sourcePath)
      add(this.#byName, { key: name, image })
      add(this.#byStem, { key: stemOf(name), image })
    }
  }

  isClass(name: string): boolean {
    return this.#classNames.has(name)
  }

  /**
   * By the whole file name, else by the name without its ending; among several, the one whose folders are the same. A folder or `className`
   * that is the name of a class decides.
   * Throws `MarkRefused` (`no_image`, `several_images`, `other_class`).
   */
  find({ imageName, className }: { readonly imageName: string; readonly className: string | null }): MatchedImage {
    const name = lastName(imageName)
    const all = this.#byName.get(key(name)) ?? this.#byStem.get(key(stemOf(name))) ?? this.#byStem.get(key(name)) ?? []
    if (all.length === 0) throw new MarkRefused('no_image', name)
    const folders = foldersOf(imageName)
    const wanted = className ?? folders.findLast((folder) => this.isClass(folder)) ?? null
    const ofClass = wanted === null ? all : all.filter((image) => image.className === wanted)
    if (ofClass.length === 0)
      throw new MarkRefused('other_class', `“${name}” is no image of “${wanted}” but of “${all[0]?.className}”`)
    const [found, another] = ofClass.length === 1 ? ofClass : nearest(ofClass, folders)
    if (found === undefined) throw new MarkRefused('no_image', name)
    if (another !== undefined)
      throw new MarkRefused(
        'several_images',
        `${found.sourcePath}, ${another.sourcePath}${ofClass.length > 2 ? ', …' : ''}`,
      )
    return found
  }
}

function nearest(images: readonly MatchedImage[], folders: readonly string[]): readonly MatchedImage[] {
  const shared = images.map(({ sourcePath }) => {
    const own = foldersOf(sourcePath)
    let count = 0
    while (count < own.length && own.at(-1 - count) === folders.at(-1 - count)) count++
    return count
  })
  const most = Math.max(...shared)
  return images.filter((_, index) => shared[index] === most)
}

function add(
  to: Map<string, MatchedImage[]>,
  { key: name, image }: { readonly key: string; readonly image: MatchedImage },
): void {
  const place = key(name)
  const before = to.get(place)
  if (before === undefined) to.set(place, [image])
  else before.push(image)
}

/** macOS stores names decomposed, and Windows does not tell capitals apart. */
const key = (name: string): string => name.normalize('NFC').toLowerCase()
const namesOf = (path: string): string[] => path.split(/[/\\]/).filter((name) => name !== '')
const lastName = (path: string): string => namesOf(path).at(-1) ?? ''
const foldersOf = (path: string): string[] => namesOf(path).slice(0, -1)
/** Without an ending of a picture: names may hold dots. */
export const stemOf = (name: string): string => name.replace(/\.(png|jpe?g|bmp|tiff?|webp|gif)$/i, '')
