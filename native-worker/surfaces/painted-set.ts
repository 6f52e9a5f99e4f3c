import { RandomStream } from '../random/random-stream.ts'
import { makeDefectPainter, paintedKinds, type PaintedKind, type PaintedPicture } from './paint-defect.ts'

/** Fewer pixels per edge than this cannot be painted on. */
export const smallestPainted = 16

/** Surfaces without a defect, all of one size. */
export interface PaintableSurfaces {
  readonly count: number
  /** [size, size, channels] of the surface of this number, from 0. */
  readonly at: (index: number) => Uint8Array
  /** Pixels per edge. */
  readonly size: number
  readonly channels: 1 | 3
}

export interface PaintedSetOptions {
  readonly seed: number
  /** Of every kind. */
  readonly families: number
  /** Pictures of every family. */
  readonly perFamily: number
}

export interface PaintedSetPicture extends PaintedPicture {
  readonly kind: PaintedKind
  readonly family: number
  /** From 0 in its family. */
  readonly index: number
  /** Number of the surface it is painted on. */
  readonly surface: number
}

/**
 * Defects of ten kinds painted on surfaces, and surfaces as they are, kind by kind. Each kind has many families, so that what is learned
 * is what defects look like and not one of them; another seed, other families. Equal arguments give equal bytes.
 * @throws RangeError where there is no surface
 */
export function* paintSet(
  { count, at, size, channels }: PaintableSurfaces,
  { seed, families, perFamily }: PaintedSetOptions,
): Generator<PaintedSetPicture> {
  if (count === 0) throw new RangeError('there is no image without a defect to paint on')
  const random = RandomStream.fromSeed(seed, 'painted surfaces')
  for (const kind of paintedKinds)
    for (let family = 0; family < families; family++) {
      const paint = makeDefectPainter(kind, { seed, family })
      for (let index = 0; index < perFamily; index++) {
        const surface = random.integer(count)
        yield { kind, family, index, surface, ...paint({ pixels: at(surface), size, channels }, index) }
      }
    }
}
