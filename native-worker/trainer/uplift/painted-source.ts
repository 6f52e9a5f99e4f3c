import type { UpliftScale } from '../../../contract/uplift-cells.ts'
import { RandomStream } from '../../random/random-stream.ts'
import { makeDefectPainter, paintedKinds } from '../../surfaces/paint-defect.ts'
import { firstsOf, imageAt, type ImageSet } from './image-set.ts'
import type { BatchSource } from './train-uplift-classifier.ts'

/** Fewer pixels per edge than this cannot be painted on. */
export const smallestPainted = 16

/**
 * Defects of ten kinds painted on the images of the class free of defects, and those as they are: eleven classes of their own. Each
 * kind has many families, so that what is learned is what defects look like and not one of them; another seed, other families.
 */
export function paintedSource(
  train: ImageSet,
  {
    freeOfDefects,
    seed,
    families,
    perFamily,
  }: Pick<UpliftScale, 'families' | 'perFamily'> & { readonly freeOfDefects: number; readonly seed: number },
): BatchSource {
  const { size, channels } = train
  const first = firstsOf(train)[freeOfDefects] ?? 0
  const surfaces = train.counts[freeOfDefects] ?? 0
  if (surfaces === 0) throw new RangeError('there is no image without a defect to paint on')
  const random = RandomStream.fromSeed(seed, 'painted surfaces')
  const painted = paintedKinds.map((kind) =>
    Array.from({ length: families }, (_, family) => {
      const paint = makeDefectPainter(kind, { seed, family })
      return Array.from({ length: perFamily }, (_unused, index) =>
        paint({ pixels: imageAt(train, first + random.integer(surfaces)), size, channels }, index),
      )
    }).flat(),
  )
  return {
    classCount: painted.length,
    size,
    channels,
    labels: painted.map((_, label) => label),
    draw: (label, { random: chance }) => {
      const images = painted[label] ?? []
      const image = images[chance.integer(images.length)]
      if (image === undefined) throw new RangeError(`nothing was painted for kind ${label}`)
      return image
    },
  }
}
