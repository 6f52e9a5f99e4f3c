import type { FrameLevel, TilePlace } from '../../../contract/large-frames.ts'
import { tileSize } from '../../../contract/large-frames.ts'
import type { SourceRectangle } from '../../../contract/source-rectangle.ts'

export interface Size {
  readonly width: number
  readonly height: number
}

export interface Point {
  readonly x: number
  readonly y: number
}

/** What of a frame is seen: the pixel of the frame in the middle of the view, and pixels of the screen per pixel of the frame. */
export interface Viewport {
  readonly centre: Point
  readonly scale: number
}

/** One pixel of a frame fills at most so many of the screen. */
const largestScale = 16

export const fitWhole = (frame: Size, view: Size): Viewport => ({
  centre: { x: frame.width / 2, y: frame.height / 2 },
  scale: Math.min(view.width / frame.width, view.height / frame.height, largestScale),
})

export const toFrame = (
  { centre, scale }: Viewport,
  { at, view }: { readonly at: Point; readonly view: Size },
): Point => ({
  x: centre.x + (at.x - view.width / 2) / scale,
  y: centre.y + (at.y - view.height / 2) / scale,
})

export const toScreen = (
  { centre, scale }: Viewport,
  { at, view }: { readonly at: Point; readonly view: Size },
): Point => ({
  x: (at.x - centre.x) * scale + view.width / 2,
  y: (at.y - centre.y) * scale + view.height / 2,
})

interface Change {
  readonly frame: Size
  readonly view: Size
}

/** Moves what is seen by pixels of the screen; some of the frame stays in view. */
export const panBy = (viewport: Viewport, by: Point, { frame }: Pick<Change, 'frame'>): Viewport => ({
  ...viewport,
  centre: {
    x: Math.min(Math.max(viewport.centre.x + by.x / viewport.scale, 0), frame.width),
    y: Math.min(Math.max(viewport.centre.y + by.y / viewport.scale, 0), frame.height),
  },
})

/** What lies under `at` stays there; between the whole frame at half the size of the view and single pixels. */
export function zoomBy(
  viewport: Viewport,
  factor: number,
  { at, frame, view }: Change & { readonly at: Point },
): Viewport {
  const smallest = fitWhole(frame, view).scale / 2
  const scale = Math.min(Math.max(viewport.scale * factor, Math.min(smallest, largestScale)), largestScale)
  const fixed = toFrame(viewport, { at, view })
  const centre = { x: fixed.x - (at.x - view.width / 2) / scale, y: fixed.y - (at.y - view.height / 2) / scale }
  return panBy({ centre, scale }, { x: 0, y: 0 }, { frame })
}

/** Enough pixels for the screen and no more. @param density pixels of the screen per CSS pixel */
export function levelFor(
  viewport: Viewport,
  { levels, density }: { readonly levels: readonly FrameLevel[]; readonly density: number },
): number {
  const halvings = Math.floor(Math.log2(1 / (viewport.scale * density)))
  return Math.min(Math.max(halvings, 0), levels.length - 1)
}

export interface ShownTile extends TilePlace {
  /** What of the frame it shows. */
  readonly part: SourceRectangle
}

/** The tiles of a level that are in view, from the middle outwards. */
export function tilesInView(
  viewport: Viewport,
  { level, levels, view }: { readonly level: number; readonly levels: readonly FrameLevel[]; readonly view: Size },
): readonly ShownTile[] {
  const size = levels[level]
  const frame = levels[0]
  if (size === undefined || frame === undefined) return []
  const across = frame.width / size.width
  const down = frame.height / size.height
  const from = toFrame(viewport, { at: { x: 0, y: 0 }, view })
  const to = toFrame(viewport, { at: { x: view.width, y: view.height }, view })
  const columns = range(from.x / across, to.x / across, size.width)
  const rows = range(from.y / down, to.y / down, size.height)
  const tiles = rows.flatMap((row) =>
    columns.map((column) => {
      const x = column * tileSize
      const y = row * tileSize
      return {
        level,
        column,
        row,
        part: {
          x: x * across,
          y: y * down,
          width: Math.min(tileSize, size.width - x) * across,
          height: Math.min(tileSize, size.height - y) * down,
        },
      }
    }),
  )
  const distance = ({ part }: ShownTile): number =>
    Math.hypot(part.x + part.width / 2 - viewport.centre.x, part.y + part.height / 2 - viewport.centre.y)
  return tiles.toSorted((a, b) => distance(a) - distance(b))
}

/** Numbers of the tiles between two places of a level that is so many pixels long. */
function range(from: number, to: number, length: number): readonly number[] {
  const first = Math.max(0, Math.floor(from / tileSize))
  const last = Math.min(Math.ceil(length / tileSize) - 1, Math.floor(to / tileSize))
  return last < first ? [] : Array.from({ length: last - first + 1 }, (_, index) => first + index)
}
