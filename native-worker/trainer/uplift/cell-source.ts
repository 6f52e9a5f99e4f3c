import type { UpliftCell } from '../../../contract/uplift-cells.ts'
import { firstsOf, imageAt, labelsOf, type ImageSet } from './image-set.ts'
import type { BatchSource } from './train-uplift-classifier.ts'
import type { UpliftImages } from './uplift-images.ts'

/** At most every other image of a class is synthetic, however many there are. */
export const mostSynthetic = 0.5
/** Share of the updates in which synthetic images are learned from where they come first. */
export const firstPart = 0.6

/** What a cell learns from: the train images, and the first so many of each class of its source. */
export function cellSource(
  { train, heldOut, sources }: UpliftImages,
  { source, synthetic, mix, judge }: Pick<UpliftCell, 'source' | 'synthetic' | 'mix' | 'judge'>,
): BatchSource {
  const out = new Set(judge === 'validation' ? heldOut : [])
  const real: number[][] = train.counts.map(() => [])
  labelsOf(train).forEach((label, index) => {
    if (!out.has(index)) real[label]?.push(index)
  })
  const added = source === null ? null : syntheticOf(sources[source], synthetic)
  const counts = real.map((images, label) => ({ real: images.length, synthetic: added?.counts[label] ?? 0 }))
  return {
    classCount: train.counts.length,
    size: train.size,
    channels: train.channels,
    labels: counts.flatMap((each, label) => (each.real > 0 ? [label] : [])),
    draw: (label, { progress, random }) => {
      const images = real[label] ?? []
      const own = counts[label] ?? { real: 0, synthetic: 0 }
      const share = Math.min(mostSynthetic, own.synthetic / (own.synthetic + own.real))
      const joins = own.synthetic > 0 && (mix === 'mixed' || progress < firstPart)
      if (added !== null && joins && random.uniform() < share)
        return imageAt(added.set, (added.firsts[label] ?? 0) + random.integer(own.synthetic))
      return imageAt(train, images[random.integer(images.length)] ?? 0)
    },
  }
}

function syntheticOf(
  set: ImageSet | undefined,
  wanted: readonly number[],
): { readonly set: ImageSet; readonly firsts: readonly number[]; readonly counts: readonly number[] } {
  if (set === undefined) throw new RangeError('a cell names a source that its task does not have')
  return {
    set,
    firsts: firstsOf(set),
    counts: set.counts.map((there, label) => Math.min(there, wanted[label] ?? 0)),
  }
}

/** The images a cell is judged by, with their labels. */
export function judgedImages({ train, validation, heldOut, test }: UpliftImages, judge: UpliftCell['judge']): ImageSet {
  if (judge === 'test') return test
  if (validation !== null) return validation
  const { size, channels } = train
  const labels = labelsOf(train)
  const chosen = train.counts.map((_, label) => heldOut.filter((index) => labels[index] === label))
  const images = chosen.flat().map((index) => imageAt(train, index))
  const pixels = new Uint8Array(images.length * size * size * channels)
  images.forEach((image, index) => {
    pixels.set(image, index * image.length)
  })
  return { pixels, size, channels, counts: chosen.map(({ length }) => length) }
}
