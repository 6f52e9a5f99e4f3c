import { FlawsmithError } from '../../../contract/errors.ts'
import type { MarkFormat, RefusedMark } from '../../../contract/marks.ts'
import type { ParsedImage } from './formats/parsed-marks.ts'
import { MarkRefused } from './formats/parsed-marks.ts'
import { looksLikeCoco, readCoco } from './formats/read-coco.ts'
import { readVoc } from './formats/read-voc.ts'
import { readClassList, readDataYaml, readYolo } from './formats/read-yolo.ts'
import type { MarkFile, MarkFolder } from './list-mark-files.ts'
import { readMarkText } from './list-mark-files.ts'

/** Characters are kept in memory, and what is made of them. */
const mostJsonBytes = 256_000_000
const mostTextBytes = 4_000_000
/** How much of a JSON file is looked at to tell whether it is one of COCO. */
const classLists = /(^|\/)(classes\.txt|[^/]+\.names)$/i
const dataYaml = /(^|\/)[^/]+\.ya?ml$/i

/** A picture of a mask, and the image it belongs to. */
export interface MaskFile extends MarkFile {
  readonly imageName: string
  readonly className: string | null
}

export interface ReadMarkFolder {
  readonly format: MarkFormat
  readonly images: readonly ParsedImage[]
  readonly masks: readonly MaskFile[]
  readonly refused: readonly RefusedMark[]
}

/**
 * Reads what annotation programs have written, in the format named or the one that is found. A file that cannot be read is refused by its name,
 * the others are taken. Throws `marks_format_unclear`.
 */
export async function readMarkFolder(
  { place, folder, files }: MarkFolder,
  { format, signal }: { readonly format: MarkFormat | 'auto'; readonly signal?: AbortSignal | undefined },
): Promise<ReadMarkFolder> {
  const chosen = format === 'auto' ? await recognise({ place, folder, files }) : format
  const refused: RefusedMark[] = []
  const images: ParsedImage[] = []
  const read = async (file: MarkFile, work: () => Promise<readonly ParsedImage[]>): Promise<void> => {
    signal?.throwIfAborted()
    try {
      images.push(...(await work()))
    } catch (thrown) {
      if (!(thrown instanceof MarkRefused)) throw thrown
      refused.push({ path: file.path, reason: thrown.reason, detail: thrown.message })
    }
  }
  if (chosen === 'coco')
    for (const file of ofKind(files, 'json'))
      await read(file, async () => readCoco(await readMarkText(file, mostJsonBytes), file.path))
  if (chosen === 'voc')
    for (const file of ofKind(files, 'xml'))
      await read(file, async () => [readVoc(await readMarkText(file, mostTextBytes), file.path)])
  if (chosen === 'yolo') {
    const names = await readNames(files, refused)
    for (const file of labelFiles(files))
      await read(file, async () => [readYolo(await readMarkText(file, mostTextBytes), { path: file.path, names })])
  }
  const masks = chosen === 'mvtec' ? mvtecMasks(folder, files) : chosen === 'png' ? pngMasks(files) : []
  return { format: chosen, images, masks, refused }
}

const ofKind = (files: readonly MarkFile[], ending: string): MarkFile[] =>
  files.filter(({ path }) => path.toLowerCase().endsWith(`.${ending}`))

const labelFiles = (files: readonly MarkFile[]): MarkFile[] =>
  ofKind(files, 'txt').filter(({ path }) => !classLists.test(path) && !/(^|\/)readme[^/]*$/i.test(path))

async function recognise({ place, folder, files }: MarkFolder): Promise<MarkFormat> {
  const found: MarkFormat[] = []
  for (const file of ofKind(files, 'json').slice(0, 20)) {
    const text = await readMarkText(file, mostJsonBytes).catch(() => '')
    if (!looksLikeCoco(text)) continue
    found.push('coco')
    break
  }
  if (ofKind(files, 'xml').length > 0) found.push('voc')
  if (labelFiles(files).length > 0) found.push('yolo')
  if (mvtecMasks(folder, files).length > 0) found.push('mvtec')
  // Beside annotations, pictures are what is annotated.
  else if (found.length === 0 && pngMasks(files).length > 0) found.push('png')
  const [only, another] = found
  if (only !== undefined && another === undefined) return only
  throw new FlawsmithError(
    'marks_format_unclear',
    found.length === 0
      ? `${place} holds no marks that Flawsmith reads: no COCO .json, Pascal VOC .xml, YOLO .txt and no masks in .png.`
      : `${place} holds ${found.join(' and ')}. Name one with --format, or the folder with one of them.`,
    { path: place, found: found.join(', ') },
  )
}

async function readNames(files: readonly MarkFile[], refused: RefusedMark[]): Promise<readonly string[]> {
  for (const file of files) {
    const isList = classLists.test(file.path)
    if (!isList && !dataYaml.test(file.path)) continue
    try {
      const text = await readMarkText(file, mostTextBytes)
      return isList ? readClassList(text) : readDataYaml(text)
    } catch (thrown) {
      if (!(thrown instanceof MarkRefused)) throw thrown
      refused.push({ path: file.path, reason: thrown.reason, detail: thrown.message })
    }
  }
  return []
}

/** `ground_truth/<defect>/<name>_mask.png` beside `test/<defect>/<name>.png`. */
function mvtecMasks(folder: string, files: readonly MarkFile[]): MaskFile[] {
  const inside = /(^|[/\\])ground_truth[/\\]?$/.test(folder)
  return ofKind(files, 'png').flatMap((file) => {
    const names = file.path.split('/')
    const at = inside ? -1 : names.lastIndexOf('ground_truth')
    const [className, name, ...rest] = names.slice(at + 1)
    if ((!inside && at < 0) || className === undefined || name === undefined || rest.length > 0) return []
    return { ...file, className, imageName: withoutMaskEnding(name) }
  })
}

const pngMasks = (files: readonly MarkFile[]): MaskFile[] =>
  ofKind(files, 'png').map((file) => ({ ...file, className: null, imageName: withoutMaskEnding(file.path) }))

const withoutMaskEnding = (path: string): string => path.replace(/\.png$/i, '').replace(/_mask$/i, '')
