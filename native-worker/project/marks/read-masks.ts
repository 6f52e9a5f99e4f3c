import type { ImagesClient, ReadMask } from '../../../contract/images.ts'
import { connectedStretches, stretchesOfRuns } from '../../../contract/mask-runs.ts'
import type { MarkFormat, MarkShape } from '../../../contract/marks.ts'
import { maxMarks } from '../../../contract/marks.ts'
import { MarkRefused, wholePixels } from './formats/parsed-marks.ts'
import type { GatheredMarks } from './gathered-marks.ts'
import { sizeDiffers } from './gathered-marks.ts'
import type { MarkFile } from './list-mark-files.ts'
import { maskPlace } from './mask-place.ts'
import type { MatchedImage } from './match-images.ts'

const masksAtOnce = 16

/** Adds what each picture of a mask says of its image. */
export async function readMasks(
  {
    masks,
    gathered,
    format,
  }: {
    readonly masks: readonly { readonly file: MarkFile; readonly image: MatchedImage }[]
    readonly gathered: GatheredMarks
    readonly format: MarkFormat
  },
  {
    images,
    signal,
    onProgress,
  }: {
    readonly images: ImagesClient
    readonly signal?: AbortSignal | undefined
    readonly onProgress?: ((done: number, total: number | null) => void) | undefined
  },
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
function shapesOfMask(mask: ReadMask, image: MatchedImage): MarkShape[] {
  if (!mask.ok) throw new MarkRefused('not_readable', mask.detail)
  const size = { width: image.sourceWidth, height: image.sourceHeight }
  const place = maskPlace(image)
  // A mask of a whole frame says as much about each of its patches.
  const at = [place, { x: 0, y: 0, ...size }].find(
    ({ width, height }) => mask.width === width && mask.height === height,
  )
  if (at === undefined) throw sizeDiffers(mask, place)
  const stretches = stretchesOfRuns(mask.runs, mask.width).map(({ y, x, end }) => ({
    y: at.y + y,
    x: at.x + x,
    end: at.x + end,
  }))
  const parts = connectedStretches(stretches)
  const separate = parts.length > maxMarks / 2 ? [stretches] : parts
  return separate.map((part) => wholePixels({ kind: 'mask', stretches: part }, size))
}
