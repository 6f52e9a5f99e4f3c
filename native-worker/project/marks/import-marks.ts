import type { ImageId } from '../../../contract/ids.ts'
import type { ImagesClient, ReadMask } from '../../../contract/images.ts'
import { connectedStretches, stretchesOfRuns } from '../../../contract/mask-runs.ts'
import type { Mark, MarkFormat, MarksImportReport, MarkShape, RefusedMark } from '../../../contract/marks.ts'
import { maxMarks } from '../../../contract/marks.ts'
import { withStorageFailures } from '../../files/storage-failure.ts'
import type { Project } from '../open-project.ts'
import { insertAnswers, standingAnswer } from '../storage/marks.ts'
import type { NewAnswer } from '../storage/marks.ts'
import { inTransaction } from '../storage/query.ts'
import type { ParsedImage } from './formats/parsed-marks.ts'
import { MarkRefused, wholePixels } from './formats/parsed-marks.ts'
import { listMarkFiles } from './list-mark-files.ts'
import { ImageNames } from './match-images.ts'
import type { MatchedImage } from './match-images.ts'
import { readMarkFolder } from './read-mark-folder.ts'
import type { MaskFile } from './read-mark-folder.ts'

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

const masksAtOnce = 16

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
  for (const parsed of read.images)
    gathered.attempt(parsed.path, () => gathered.add(marksOf(parsed, names), read.format))
  const masks: { readonly file: MaskFile; readonly image: MatchedImage }[] = []
  for (const file of read.masks) gathered.attempt(file.path, () => masks.push({ file, image: names.find(file) }))
  await readMasks({ masks, gathered, format: read.format }, options)
  signal?.throwIfAborted()
  const outcome = recordMarks(options, gathered)
  return { format: read.format, folder, ...outcome, withoutMarks: gathered.withoutMarks, refused: gathered.refused }
}

interface ImageMarks {
  readonly image: MatchedImage
  readonly path: string
  readonly shapes: readonly MarkShape[]
  /** Of single marks; the others of the image are taken. */
  readonly refused: readonly RefusedMark[]
}

/** What the files say of each image, and what of it is refused. */
class GatheredMarks {
  readonly refused: RefusedMark[]
  readonly byImage = new Map<ImageId, { readonly path: string; readonly marks: Mark[] }>()
  withoutMarks = 0

  constructor(refused: readonly RefusedMark[]) {
    this.refused = [...refused]
  }

  /** A mark or a file that is refused leaves the others as they are. */
  attempt(path: string, work: () => unknown): void {
    try {
      work()
    } catch (thrown) {
      if (!(thrown instanceof MarkRefused)) throw thrown
      this.refuse(path, thrown)
    }
  }

  refuse(path: string, { reason, message }: MarkRefused): void {
    this.refused.push({ path, reason, detail: message })
  }

  add({ image, path, shapes, refused }: ImageMarks, origin: MarkFormat): void {
    this.refused.push(...refused)
    if (shapes.length === 0 && refused.length === 0) this.withoutMarks++
    if (shapes.length === 0) return
    const known = this.byImage.get(image.id) ?? { path, marks: [] }
    if (known.marks.length + shapes.length > maxMarks)
      throw new MarkRefused('too_many', `${known.marks.length + shapes.length} marks; at most ${maxMarks} an image`)
    known.marks.push(...shapes.map((shape) => ({ shape, origin })))
    this.byImage.set(image.id, known)
  }
}

function marksOf(parsed: ParsedImage, names: ImageNames): ImageMarks {
  const image = names.find(parsed)
  const size = { width: image.sourceWidth, height: image.sourceHeight }
  if (parsed.size !== null && (parsed.size.width !== size.width || parsed.size.height !== size.height))
    throw sizeDiffers(parsed.size, size)
  const shapes: MarkShape[] = []
  const refused: RefusedMark[] = []
  for (const mark of parsed.marksFor(size)) {
    try {
      if (mark instanceof MarkRefused) throw mark
      const { category, shape } = mark
      if (category !== null && category !== image.className && names.isClass(category))
        throw new MarkRefused('other_class', `a mark of “${category}” on an image of “${image.className}”`)
      shapes.push(wholePixels(shape, size))
    } catch (thrown) {
      if (!(thrown instanceof MarkRefused)) throw thrown
      refused.push({ path: parsed.path, reason: thrown.reason, detail: thrown.message })
    }
  }
  return { image, path: parsed.path, shapes, refused }
}

const sizeDiffers = (
  found: { readonly width: number; readonly height: number },
  expected: { readonly width: number; readonly height: number },
): MarkRefused =>
  new MarkRefused(
    'size_differs',
    `${found.width} × ${found.height}, the image is ${expected.width} × ${expected.height}`,
  )

async function readMasks(
  {
    masks,
    gathered,
    format,
  }: {
    readonly masks: readonly { readonly file: MaskFile; readonly image: MatchedImage }[]
    readonly gathered: GatheredMarks
    readonly format: MarkFormat
  },
  { images, signal, onProgress }: Pick<ImportMarksOptions, 'images' | 'signal' | 'onProgress'>,
): Promise<void> {
  for (let start = 0; start < masks.length; start += masksAtOnce) {
    signal?.throwIfAborted()
    onProgress?.(start, masks.length)
    const some = masks.slice(start, start + masksAtOnce)
    const answers = await images.readMasks({ files: some.map(({ file }) => file.file) })
    some.forEach(({ file, image }, index) =>
      gathered.attempt(file.path, () =>
        gathered.add(
          { image, path: file.path, shapes: shapesOfMask(answers[index] as ReadMask, image), refused: [] },
          format,
        ),
      ),
    )
  }
}

/** A mark for each separate defect, or one for all where there are too many. */
function shapesOfMask(mask: ReadMask, { sourceWidth, sourceHeight }: MatchedImage): MarkShape[] {
  if (!mask.ok) throw new MarkRefused('not_readable', mask.detail)
  const size = { width: sourceWidth, height: sourceHeight }
  if (mask.width !== size.width || mask.height !== size.height) throw sizeDiffers(mask, size)
  const stretches = stretchesOfRuns(mask.runs, mask.width)
  const parts = connectedStretches(stretches)
  const separate = parts.length > maxMarks / 2 ? [stretches] : parts
  return separate.map((part) => wholePixels({ kind: 'mask', stretches: part }, size))
}

function recordMarks(
  { project: { db, folder }, by, replace }: Pick<ImportMarksOptions, 'project' | 'by' | 'replace'>,
  gathered: GatheredMarks,
): Pick<MarksImportReport, 'images' | 'marks' | 'unchanged'> {
  const answers: NewAnswer[] = []
  let unchanged = 0
  for (const [imageId, { path, marks }] of gathered.byImage) {
    const before = standingAnswer(db, imageId)
    if (JSON.stringify(before.marks.map(({ shape }) => shape)) === JSON.stringify(marks.map(({ shape }) => shape)))
      unchanged++
    else if (before.answer !== 'open' && !replace)
      gathered.refuse(path, new MarkRefused('already_marked', `${before.marks.length} marks: kept`))
    else answers.push({ imageId, answer: 'marked', marks, undoes: null })
  }
  withStorageFailures(folder, () => inTransaction(db, () => insertAnswers(db, { answers, by, source: 'import' })))
  return { images: answers.length, marks: answers.reduce((sum, { marks }) => sum + marks.length, 0), unchanged }
}
