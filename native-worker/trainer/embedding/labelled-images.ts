import type { RandomStream } from '../../random/random-stream.ts'
import type { ImageBatch } from './feature-network.ts'

/** Images with the class index of each. */
export interface LabelledImages extends ImageBatch {
  readonly labels: readonly number[]
}

export interface DrawnBatch {
  /** [labels.length, size, size, channels] in [-1, 1] */
  readonly images: Float32Array
  readonly labels: readonly number[]
}

/** Farthest shift, as a share of the edge, and largest change of brightness, on the scale of 2 between black and white. */
const largestShift = 1 / 16
const largestBrightness = 0.1

/**
 * A batch in which every class that has images is as likely as any other, each image slightly shifted (edges repeated) and
 * brightened or darkened. Mirrors nothing: whether a defect may be mirrored is not known here.
 */
export function drawBalancedBatch(
  set: LabelledImages,
  { batch, random }: { batch: number; random: RandomStream },
): DrawnBatch {
  const byClass = groupByLabel(set.labels)
  const imageLength = set.size * set.size * set.channels
  const images = new Float32Array(batch * imageLength)
  const labels: number[] = []
  for (let slot = 0; slot < batch; slot++) {
    const members = byClass[random.integer(byClass.length)] ?? []
    const index = members[random.integer(members.length)] ?? 0
    copyAugmented(set, index, { target: images.subarray(slot * imageLength, (slot + 1) * imageLength), random })
    labels.push(set.labels[index] ?? 0)
  }
  return { images, labels }
}

function groupByLabel(labels: readonly number[]): readonly (readonly number[])[] {
  const groups = new Map<number, number[]>()
  labels.forEach((label, index) => {
    const group = groups.get(label)
    if (group === undefined) groups.set(label, [index])
    else group.push(index)
  })
  return [...groups.entries()].sort(([left], [right]) => left - right).map(([, members]) => members)
}

function copyAugmented(
  { pixels, size, channels }: ImageBatch,
  index: number,
  { target, random }: { target: Float32Array; random: RandomStream },
): void {
  const reach = Math.floor(size * largestShift)
  const down = random.integer(2 * reach + 1) - reach
  const right = random.integer(2 * reach + 1) - reach
  const brightness = (2 * random.uniform() - 1) * largestBrightness
  const start = index * size * size * channels
  const within = (place: number): number => Math.max(0, Math.min(size - 1, place))
  for (let y = 0; y < size; y++) {
    const row = start + within(y + down) * size * channels
    for (let x = 0; x < size; x++) {
      const from = row + within(x + right) * channels
      const to = (y * size + x) * channels
      for (let channel = 0; channel < channels; channel++) {
        target[to + channel] = (pixels[from + channel] ?? 0) / 127.5 - 1 + brightness
      }
    }
  }
}
