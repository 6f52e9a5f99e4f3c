import type { UpliftScale } from '../../../contract/uplift-cells.ts'
import { paintedKinds } from '../../surfaces/paint-defect.ts'
import { paintSet } from '../../surfaces/painted-set.ts'
import { firstsOf, imageAt, type ImageSet } from './image-set.ts'
import type { BatchSource } from './train-uplift-classifier.ts'

/** The painted set on the images of the class free of defects: eleven classes of their own. */
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
  const count = train.counts[freeOfDefects] ?? 0
  const painted = new Map<string, Uint8Array[]>(paintedKinds.map((kind) => [kind, []]))
  const surfaces = { count, at: (index: number) => imageAt(train, first + index), size, channels }
  for (const { kind, pixels } of paintSet(surfaces, { seed, families, perFamily })) painted.get(kind)?.push(pixels)
  const byLabel = [...painted.values()]
  return {
    classCount: byLabel.length,
    size,
    channels,
    labels: byLabel.map((_, label) => label),
    draw: (label, { random: chance }) => {
      const images = byLabel[label] ?? []
      const image = images[chance.integer(images.length)]
      if (image === undefined) throw new RangeError(`nothing was painted for kind ${label}`)
      return image
    },
  }
}
