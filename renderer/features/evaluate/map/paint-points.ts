import type { MapKind } from '../../../../contract/map.ts'
import type { Extent, MapView } from './map-view.ts'

/*
 * Points are stamped into the bytes of a picture, without a graphics processor: 50,000 of them take less than a frame, they look the same on
 * every machine, and nothing is lost where WebGL is missing.
 */

/** Whether a shape covers a pixel, by how far it lies from the middle as a share of the radius. */
const shapes: Readonly<Record<MapKind, (x: number, y: number) => boolean>> = {
  /** A disc. */
  real: (x, y) => Math.hypot(x, y) <= 0.85,
  /** A ring. */
  pending: (x, y) => Math.abs(Math.hypot(x, y) - 0.8) <= 0.25,
  /** The edge of a square. */
  quarantined: (x, y) => Math.abs(Math.max(Math.abs(x), Math.abs(y)) - 0.75) <= 0.25,
  /** A triangle on its side. */
  accepted: (x, y) => y <= 0.8 && y >= -0.9 && Math.abs(x) <= (y + 0.9) / 1.7,
  /** A cross. */
  rejected: (x, y) => Math.min(Math.abs(x - y), Math.abs(x + y)) <= 0.42 && Math.max(Math.abs(x), Math.abs(y)) <= 0.9,
}

/** In pixels of the screen; twice as many where it is twice as fine. */
export const pointRadius = 4

interface PaintedPoints {
  /** x and y of every point. */
  readonly places: Float32Array
  /** Index in `order` of each point's kind. */
  readonly kinds: Uint8Array
  /** 0 is not painted, 1 faint, 2 in full. */
  readonly strengths: Uint8Array
}

/** Kinds in the order in which they are painted: real images lie on top. */
export const paintOrder = [
  'rejected',
  'quarantined',
  'pending',
  'accepted',
  'real',
] as const satisfies readonly MapKind[]

/** The pixels of a shape, as steps from its middle. */
function stampOf(kind: MapKind, radius: number): readonly (readonly [number, number])[] {
  const steps: (readonly [number, number])[] = []
  for (let y = -radius; y <= radius; y++)
    for (let x = -radius; x <= radius; x++) if (shapes[kind](x / radius, y / radius)) steps.push([x, y])
  return steps
}

/** @param pixels of the picture, a word each; points are painted over what is there */
export function paintPoints(
  pixels: Uint32Array,
  points: PaintedPoints,
  {
    view: { centre, scale },
    extent: { width, height },
    radius,
    colours,
    faint,
  }: {
    readonly view: MapView
    readonly extent: Extent
    /** In pixels of the picture. */
    readonly radius: number
    readonly colours: Readonly<Record<MapKind, number>>
    readonly faint: number
  },
): void {
  const { places, kinds, strengths } = points
  const offsetX = width / 2 - centre.x * scale
  const offsetY = height / 2 - centre.y * scale
  for (const strength of [1, 2])
    for (const [index, kind] of paintOrder.entries()) {
      const stamp = stampOf(kind, radius)
      const colour = strength === 1 ? faint : colours[kind]
      const steps = Int32Array.from(stamp, ([x, y]) => y * width + x)
      for (let at = 0; at < kinds.length; at++) {
        if (kinds[at] !== index || strengths[at] !== strength) continue
        const x = Math.round(offsetX + (places[2 * at] as number) * scale)
        const y = Math.round(offsetY + (places[2 * at + 1] as number) * scale)
        // What would reach over an edge is left out: its other half would appear on the other side.
        if (x < radius || y < radius || x >= width - radius || y >= height - radius) continue
        const middle = y * width + x
        for (const step of steps) pixels[middle + step] = colour
      }
    }
}

/** An opaque colour as a word of a picture's bytes: `#rrggbb`. */
export function colourWord(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((from) => Number.parseInt(hex.trim().slice(from, from + 2), 16))
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0
}

/** The same shapes for the legend: the outline of filled squares in a box of 2 × radius + 1. */
export const stampPath = (kind: MapKind, radius: number): string =>
  stampOf(kind, radius)
    .map(([x, y]) => `M${x + radius} ${y + radius}h1v1h-1z`)
    .join('')
