import type { MarkRefusal, MarkShape } from '../../../../contract/marks.ts'
import { maskOf, problemOf } from '../../../../contract/mark-shapes.ts'
import type { Stretch } from '../../../../contract/mask-runs.ts'
import { fillPolygons } from './fill-polygons.ts'

export interface PixelSize {
  readonly width: number
  readonly height: number
}

/** A mark as a file has it: in pixels, whole or not. */
export type ParsedShape =
  | {
      readonly kind: 'box'
      readonly left: number
      readonly top: number
      readonly right: number
      readonly bottom: number
    }
  /** One ring after another, each x, y, x, y …; what lies in any of them. */
  | { readonly kind: 'polygons'; readonly rings: readonly (readonly number[])[] }
  | { readonly kind: 'mask'; readonly stretches: readonly Stretch[] }

export interface ParsedMark {
  /** The kind of defect, where the file says. */
  readonly category: string | null
  readonly shape: ParsedShape
}

export class MarkRefused extends Error {
  readonly reason: MarkRefusal

  constructor(reason: MarkRefusal, detail: string) {
    // Told in one line, even where a parser quotes several.
    super(detail.replace(/\s*[\r\n]+\s*/g, ' '))
    this.name = 'MarkRefused'
    this.reason = reason
  }
}

/** What a file says about one image. */
export interface ParsedImage {
  /** Of the file, relative to what is imported: under this name it is refused. */
  readonly path: string
  /** Of the image: a file name or only its stem, perhaps with folders before it. */
  readonly imageName: string
  /** The class it must be of, where the format says so. */
  readonly className: string | null
  /** Of the image, where the file says. */
  readonly size: PixelSize | null
  /** Throws `MarkRefused`. @param size of the image in the project */
  readonly marksFor: (size: PixelSize) => readonly (ParsedMark | MarkRefused)[]
}

/** Files round: an edge this near to the image's lies on it. */
const tolerance = 1

/** In whole pixels, of which at least one in each direction. Throws `MarkRefused`. */
export function wholePixels(parsed: ParsedShape, size: PixelSize): MarkShape {
  const shape = shapeOf(parsed, size)
  if (shape === null) throw new MarkRefused('empty', 'no pixel lies in it')
  const problem = problemOf(shape, size)
  if (problem !== null)
    throw new MarkRefused(
      problem,
      `${shape.width} × ${shape.height} at ${shape.x}, ${shape.y} on ${size.width} × ${size.height}`,
    )
  return shape
}

function shapeOf(parsed: ParsedShape, size: PixelSize): MarkShape | null {
  if (parsed.kind === 'mask') return maskOf(parsed.stretches)
  if (parsed.kind === 'polygons') {
    const xs = parsed.rings.flatMap((ring) => ring.filter((_, index) => index % 2 === 0))
    const ys = parsed.rings.flatMap((ring) => ring.filter((_, index) => index % 2 === 1))
    for (const x of xs) assertInside(x, size.width)
    for (const y of ys) assertInside(y, size.height)
    return maskOf(fillPolygons(parsed.rings, size))
  }
  const { left, top, right, bottom } = parsed
  for (const x of [left, right]) assertInside(x, size.width)
  for (const y of [top, bottom]) assertInside(y, size.height)
  if (right <= left || bottom <= top)
    throw new MarkRefused('empty', `${right - left} × ${bottom - top} at ${left}, ${top}`)
  const [x, width] = between({ from: left, to: right, edge: size.width })
  const [y, height] = between({ from: top, to: bottom, edge: size.height })
  return { kind: 'rectangle', x, y, width, height }
}

function assertInside(value: number, edge: number): void {
  if (!Number.isFinite(value)) throw new MarkRefused('not_readable', `${value} is no coordinate`)
  // Signs, since the detail is shown in every language.
  if (value < -tolerance) throw new MarkRefused('outside', `${value} px < 0 px`)
  if (value > edge + tolerance) throw new MarkRefused('outside', `${value} px > ${edge} px`)
}

function between({
  from,
  to,
  edge,
}: {
  readonly from: number
  readonly to: number
  readonly edge: number
}): [number, number] {
  const start = Math.min(edge - 1, Math.max(0, Math.round(from)))
  const end = Math.min(edge, Math.max(start + 1, Math.round(to)))
  return [start, end - start]
}
