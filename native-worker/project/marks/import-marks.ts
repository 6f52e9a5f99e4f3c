import type { ImagesClient } from '../../../contract/images.ts'
import type { MarkFormat, MarksImportReport, MarkShape, RefusedMark } from '../../../contract/marks.ts'
import type { Project } from '../open-project.ts'
import type { ParsedImage } from './formats/parsed-marks.ts'
import { ClassOfMark } from './class-of-mark.ts'
import type { ParsedMark } from './formats/parsed-marks.ts'
import { MarkRefused, wholePixels } from './formats/parsed-marks.ts'
import type { ImageMarks } from './gathered-marks.ts'
import { GatheredMarks, sizeDiffers } from './gathered-marks.ts'
import { listMarkFiles } from './list-mark-files.ts'
import { ImageNames } from './match-images.ts'
import type { MatchedImage } from './match-images.ts'
import { readMarkFolder } from './read-mark-folder.ts'
import type { MaskFile } from './read-mark-folder.ts'
import { readMasks } from './read-masks.ts'
import { recordMarks } from './record-marks.ts'

export interface ImportMarksOptions {
  readonly project: Project
  /** A folder, or one file. */
  readonly folder: string
  readonly format: MarkFormat | 'auto'
  readonly by: string
  /** Whether images that were answered before take the marks of the files. */
  readonly replace: boolean
  readonly images: ImagesClient
  readonly signal?: AbortSignal
  readonly onProgress?: (done: number, total: number | null) => void
}

/**
 * Takes over marks of other programs, all in one transaction that can be taken back as one. What does not fit is refused by name and
 * value, and the rest is taken. Throws `folder_not_found`, `folder_not_readable`, `marks_format_unclear`, `marks_file_unreadable`,
 * `cancelled`, `disk_full`.
 */
export async function importMarks(options: ImportMarksOptions): Promise<MarksImportReport> {
  const { project, folder, format, signal } = options
  const read = await readMarkFolder(await listMarkFiles(folder, signal), { format, signal })
  const names = new ImageNames(project.db)
  const gathered = new GatheredMarks(read.refused)
  const found: FoundMarks[] = []
  for (const parsed of read.images) gathered.attempt(parsed.path, () => found.push(findMarks(parsed, names)))
  const classes = new ClassOfMark({
    isClass: (name) => names.isClass(name),
    categories: new Set(found.flatMap(({ marks }) => marks.flatMap((mark) => categoryOf(mark) ?? []))),
  })
  for (const each of found) gathered.attempt(each.path, () => gathered.add(marksOf(each, classes), read.format))
  const masks: { readonly file: MaskFile; readonly image: MatchedImage }[] = []
  for (const file of read.masks) gathered.attempt(file.path, () => masks.push({ file, image: names.find(file) }))
  await readMasks({ masks, gathered, format: read.format }, options)
  signal?.throwIfAborted()
  const outcome = recordMarks(options, gathered)
  const { withoutMarks, refused } = gathered
  return { format: read.format, folder, ...outcome, withoutMarks, ofImageClass: classes.counts, refused }
}

interface FoundMarks {
  readonly image: MatchedImage
  readonly path: string
  readonly marks: readonly (ParsedMark | MarkRefused)[]
}

const categoryOf = (mark: ParsedMark | MarkRefused): string | null =>
  mark instanceof MarkRefused ? null : mark.category

function findMarks(parsed: ParsedImage, names: ImageNames): FoundMarks {
  const image = names.find(parsed)
  const size = { width: image.sourceWidth, height: image.sourceHeight }
  if (parsed.size !== null && (parsed.size.width !== size.width || parsed.size.height !== size.height))
    throw sizeDiffers(parsed.size, size)
  return { image, path: parsed.path, marks: parsed.marksFor(size) }
}

function marksOf({ image, path, marks }: FoundMarks, classes: ClassOfMark): ImageMarks {
  const size = { width: image.sourceWidth, height: image.sourceHeight }
  const shapes: MarkShape[] = []
  const refused: RefusedMark[] = []
  for (const mark of marks) {
    try {
      if (mark instanceof MarkRefused) throw mark
      const { category, shape } = mark
      const whole = wholePixels(shape, size)
      classes.check(category, image.className)
      shapes.push(whole)
    } catch (thrown) {
      if (!(thrown instanceof MarkRefused)) throw thrown
      refused.push({ path, reason: thrown.reason, detail: thrown.message })
    }
  }
  return { image, path, shapes, refused }
}
