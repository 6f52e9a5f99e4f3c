import type { RandomStream } from '../../../random/random-stream.ts'
import { coveredPixels, type Mask, type Raster } from '../../composing/raster.ts'
import { sampleCubic } from '../../composing/sample-at.ts'
import { drawMirroring, type Symmetry } from '../../composing/symmetry.ts'
import { smoothField } from '../../composing/smooth-field.ts'
import type { Donor } from './donor.ts'

export interface MovedDefect {
  readonly image: Raster
  readonly mask: Mask
}

const degrees = Math.PI / 180
/** Of the turn; a defect at the border turns less, so that it stays attached. */
const widestTurn = 15 * degrees
const widestTurnAtBorder = 4.5 * degrees
/** Natural logarithm of the scale. */
const smallestScale = -0.22
const largestScale = 0.2
/** Elastic field: cells an edge, and pixels of a 64 px image. */
const elasticCells = 5
const elasticReach = 1.2
/** Around the defect, inside the image, pixels. */
const margin = 3
/** Along its border a defect slides at most this far, pixels of a 64 px image. */
const longestSlide = 12

/**
 * The defect turned, scaled, bent a little and set down somewhere else: its image sampled cubically, mirrored at the edges, and
 * its mask, in the frame of the background. A defect that touches the border stays attached to it and slides along.
 */
export function moveDefect(
  { image, mark, box }: Donor,
  { symmetry, random }: { readonly symmetry: Symmetry; readonly random: RandomStream },
): MovedDefect {
  const { height, width, channels } = image
  const between = (low: number, high: number): number => low + random.uniform() * (high - low)
  const unit = width / 64
  const touches = {
    left: box.left <= 1,
    right: box.right >= width - 1,
    top: box.top <= 1,
    bottom: box.bottom >= height - 1,
  }
  const isAtBorder = touches.left || touches.right || touches.top || touches.bottom
  const mirrored = drawMirroring(symmetry, random)
  const turn = between(-1, 1) * (isAtBorder ? widestTurnAtBorder : widestTurn)
  const drawn = Math.exp(between(smallestScale, largestScale))
  // Shrinking would take it off its border.
  const scale = isAtBorder ? Math.max(1, drawn) : drawn
  const elastic = (): Float32Array => smoothField({ height, width, cells: elasticCells, random })
  const bendX = elastic()
  const bendY = elastic()

  const middle = { x: (box.left + box.right - 1) / 2, y: (box.top + box.bottom - 1) / 2 }
  const half = { x: ((box.right - box.left) / 2) * scale, y: ((box.bottom - box.top) / 2) * scale }
  const target = isAtBorder ? slide() : place()

  function place(): { x: number; y: number } {
    const room = (length: number, extent: number): number => Math.max(0, (length - 1) / 2 - extent - margin)
    return {
      x: (width - 1) / 2 + between(-1, 1) * room(width, half.x),
      y: (height - 1) / 2 + between(-1, 1) * room(height, half.y),
    }
  }

  /** Mirroring moves it to the opposite border; along a border that it does not touch there is room to slide. */
  function slide(): { x: number; y: number } {
    const along = (at: number, { low, high, length }: { low: number; high: number; length: number }): number =>
      at + between(-Math.min(longestSlide * unit, low), Math.min(longestSlide * unit, length - high))
    const x =
      touches.left || touches.right ? middle.x : along(middle.x, { low: box.left, high: box.right, length: width })
    const y =
      touches.top || touches.bottom ? middle.y : along(middle.y, { low: box.top, high: box.bottom, length: height })
    return { x: mirrored.across ? width - 1 - x : x, y: mirrored.down ? height - 1 - y : y }
  }

  const cosine = Math.cos(turn) / scale
  const sine = Math.sin(turn) / scale
  const rows = new Float64Array(height * width)
  const columns = new Float64Array(height * width)
  const covered = new Uint8Array(height * width)
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const pixel = row * width + column
      const u = column - target.x
      const v = row - target.y
      const sourceColumn =
        middle.x + (cosine * u + sine * v) * (mirrored.across ? -1 : 1) + elasticReach * unit * (bendX[pixel] ?? 0)
      const sourceRow =
        middle.y + (-sine * u + cosine * v) * (mirrored.down ? -1 : 1) + elasticReach * unit * (bendY[pixel] ?? 0)
      rows[pixel] = sourceRow
      columns[pixel] = sourceColumn
      const [r, c] = [Math.round(sourceRow), Math.round(sourceColumn)]
      const isInside = r >= 0 && r < height && c >= 0 && c < width
      covered[pixel] = isInside ? (mark.values[r * width + c] ?? 0) : isAtBorder ? nearest(r, c) : 0
    }

  const mask: Mask = { height, width, values: covered }
  // Of the donor only what the mask covers and what lies beside it is ever looked at.
  const values = new Float32Array(image.values.length)
  forPlacesAround(mask, (pixel) => {
    const place = { row: rows[pixel] ?? 0, column: columns[pixel] ?? 0 }
    for (let channel = 0; channel < channels; channel++)
      values[pixel * channels + channel] = sampleCubic(image, { ...place, channel })
  })
  return { image: { ...image, values }, mask }

  /** Beyond the edge a defect at the border goes on. */
  function nearest(row: number, column: number): number {
    const r = Math.max(0, Math.min(height - 1, row))
    const c = Math.max(0, Math.min(width - 1, column))
    return mark.values[r * width + c] ?? 0
  }
}

/** Every covered pixel and its four neighbours, each once. */
function forPlacesAround({ height, width, values }: Mask, visit: (pixel: number) => void): void {
  const isCovered = (row: number, column: number): boolean =>
    row >= 0 && row < height && column >= 0 && column < width && values[row * width + column] === 1
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++)
      if (
        isCovered(row, column) ||
        isCovered(row - 1, column) ||
        isCovered(row + 1, column) ||
        isCovered(row, column - 1) ||
        isCovered(row, column + 1)
      )
        visit(row * width + column)
}

export const isWorthShowing = ({ mask }: MovedDefect): boolean => coveredPixels(mask) >= 4
