import type { ImageId } from '../../../contract/ids.ts'
import type { Mark, MarkFormat, MarkShape, RefusedMark } from '../../../contract/marks.ts'
import { maxMarks } from '../../../contract/marks.ts'
import { MarkRefused } from './formats/parsed-marks.ts'
import type { PixelSize } from './formats/parsed-marks.ts'
import type { MatchedImage } from './match-images.ts'

export interface ImageMarks {
  readonly image: MatchedImage
  readonly path: string
  readonly shapes: readonly MarkShape[]
  /** Of single marks; the others of the image are taken. */
  readonly refused: readonly RefusedMark[]
}

/** What the files say of each image, and what of it is refused. */
export class GatheredMarks {
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

export const sizeDiffers = (found: PixelSize, expected: PixelSize): MarkRefused =>
  new MarkRefused(
    'size_differs',
    `${found.width} × ${found.height}, the image is ${expected.width} × ${expected.height}`,
  )
