import { mixSeed, seededRandom } from '../random/seeded-random.ts'
import { clamp } from './drawing/curves.ts'
import { emptyPlane } from './drawing/plane.ts'
import { allFlaws } from './flaws/all-flaws.ts'
import { drawFamilyFlaw } from './scene/family-flaw.ts'
import { reduce, workingSizeOf } from './scene/working-size.ts'

/** What is painted on surfaces without a defect, so that a classifier learns what defects are; `none` leaves them as they are. */
export const paintedKinds = [
  'none',
  'scratch',
  'patch',
  'inclusion',
  'pits',
  'hole',
  'crack',
  'streaks',
  'edge',
  'stain',
  'specks',
] as const
export type PaintedKind = (typeof paintedKinds)[number]

export interface PaintableSurface {
  /** [size, size, channels] */
  readonly pixels: Uint8Array
  /** Pixels per edge: 16 to 256. */
  readonly size: number
  readonly channels: 1 | 3
}

export interface PaintedPicture {
  /** [size, size, channels] */
  readonly pixels: Uint8Array
  /** How much of each pixel is the defect, [size, size]; null where nothing was painted. */
  readonly weights: Float64Array | null
}

/** Paints the next defect of a family onto a surface; the surface stays as it is. */
export type DefectPainter = (surface: PaintableSurface, index: number) => PaintedPicture

/**
 * A family of painted defects: how large, how dark, in which direction and how many is one family's own; every index is another
 * picture of it. Equal arguments give equal bytes.
 */
export function makeDefectPainter(
  kind: PaintedKind,
  { seed, family }: { readonly seed: number; readonly family: number },
): DefectPainter {
  if (kind === 'none') return ({ pixels }) => ({ pixels: pixels.slice(), weights: null })
  const flaw = allFlaws.find(([name]) => name === kind)?.[1]
  if (flaw === undefined) throw new Error(`there is no defect “${kind}” to paint`)
  const random = seededRandom(mixSeed(seed, `painted/${kind}/${family}`))
  const angle = random.pick([0, Math.PI / 2, Math.PI / 2, random.between(0, Math.PI)])
  const drawFlaw = drawFamilyFlaw(random, { flaw, angle, meanTone: random.between(-0.55, 0.5), share: 1 })
  return ({ pixels, size, channels }, index) => {
    const sheetSize = workingSizeOf(size)
    const chance = seededRandom(mixSeed(seed, `painted/${kind}/${family}/${index}`))
    const drawn = drawFlaw({ size: sheetSize, random: chance })
    if (drawn === null) return { pixels: pixels.slice(), weights: null }
    const plane = emptyPlane(sheetSize)
    for (let pixel = 0; pixel < plane.values.length; pixel++) plane.values[pixel] = drawn.weight(pixel)
    const weights = reduce(plane, size).values
    const { strength, cover = 0.3 } = drawn
    return { pixels: blend(pixels, { weights, channels, strength, cover }), weights }
  }
}

/** On a surface with little contrast a mark is fainter: on a smooth part, what is seen at all is small. */
function blend(
  pixels: Uint8Array,
  {
    weights,
    channels,
    strength,
    cover,
  }: { readonly weights: Float64Array; readonly channels: number; readonly strength: number; readonly cover: number },
): Uint8Array {
  const { mean, deviation } = describe(pixels)
  const added = strength * (0.35 + 0.65 * Math.min(1, 3 * deviation))
  return Uint8Array.from(pixels, (byte, place) => {
    const weight = weights[Math.floor(place / channels)] ?? 0
    const own = byte / 127.5 - 1
    const tone = mean + (own - mean) * (1 - cover * clamp(weight, 0, 1)) + added * weight
    return Math.round(clamp((tone + 1) * 127.5, 0, 255))
  })
}

/** On the scale from −1, black, to 1. */
function describe(pixels: Uint8Array): { readonly mean: number; readonly deviation: number } {
  let sum = 0
  let squares = 0
  for (const byte of pixels) {
    const tone = byte / 127.5 - 1
    sum += tone
    squares += tone * tone
  }
  const mean = sum / pixels.length
  return { mean, deviation: Math.sqrt(Math.max(0, squares / pixels.length - mean * mean)) }
}
