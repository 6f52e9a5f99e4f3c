/** A place on the map, or a pixel of its picture. */
export interface Place {
  readonly x: number
  readonly y: number
}

/** What of the map is seen: the place in the middle, and how many pixels of the picture one unit of the map takes. */
export interface MapView {
  readonly centre: Place
  readonly scale: number
}

export interface Extent {
  readonly width: number
  readonly height: number
}

/** Share of the picture that the whole map takes. */
const filled = 0.92
const range = { least: 0.5, most: 400 } as const

/** The whole map, which lies between −1 and 1. */
export const wholeMap = ({ width, height }: Extent): MapView => ({
  centre: { x: 0, y: 0 },
  scale: (filled * Math.max(1, Math.min(width, height))) / 2,
})

export const toPixel = ({ x, y }: Place, { centre, scale }: MapView, { width, height }: Extent): Place => ({
  x: width / 2 + (x - centre.x) * scale,
  y: height / 2 + (y - centre.y) * scale,
})

export const toMap = ({ x, y }: Place, { centre, scale }: MapView, { width, height }: Extent): Place => ({
  x: centre.x + (x - width / 2) / scale,
  y: centre.y + (y - height / 2) / scale,
})

/** By so many pixels; the map follows the hand. */
export const moved = ({ centre, scale }: MapView, { x, y }: Place): MapView => ({
  centre: { x: centre.x - x / scale, y: centre.y - y / scale },
  scale,
})

/** Nearer by a factor, while what lies under a pixel stays there. */
export function zoomed(
  view: MapView,
  { factor, at, extent }: { readonly factor: number; readonly at: Place; readonly extent: Extent },
): MapView {
  const whole = wholeMap(extent).scale
  const scale = Math.max(range.least * whole, Math.min(range.most * whole, view.scale * factor))
  const fixed = toMap(at, view, extent)
  return {
    scale,
    centre: {
      x: fixed.x - (at.x - extent.width / 2) / scale,
      y: fixed.y - (at.y - extent.height / 2) / scale,
    },
  }
}

/** Whether a place lies within a closed line, by how often a ray crosses it. */
export function isWithin({ x, y }: Place, line: readonly Place[]): boolean {
  let within = false
  let before = line.at(-1)
  for (const point of line) {
    if (
      before !== undefined &&
      point.y > y !== before.y > y &&
      x < ((before.x - point.x) * (y - point.y)) / (before.y - point.y) + point.x
    )
      within = !within
    before = point
  }
  return within
}
