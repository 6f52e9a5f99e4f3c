import type { TrainingSet } from '../../contract/trainer.ts'
import { drawSample } from '../../native-worker/images/sample-set/draw-sample-set.ts'
import type { ImageBatch } from '../../native-worker/trainer/embedding/feature-network.ts'

/** Surfaces of steel with and without defects, grey, drawn from a seed: few and unbalanced, as real ones are. */
export interface TinyTask {
  readonly set: TrainingSet
  /** What is learned from, class by class. */
  readonly pixels: Uint8Array
  /** As many others of every class, which no recipe has seen. */
  readonly heldOut: readonly ImageBatch[]
}

const counts: Readonly<Record<string, number>> = { good: 200, scratch: 80, pit: 40, stain: 20 }

export function drawTinyTask({ seed, size }: { seed: number; size: number }): TinyTask {
  const classes = Object.entries(counts).map(([name, images]) => ({ name, images }))
  const drawClass = (name: string, { first, count }: { first: number; count: number }): Uint8Array => {
    const pixels = new Uint8Array(count * size * size)
    for (let index = 0; index < count; index++) {
      pixels.set(drawSample(name, { seed, index: first + index, size }), index * size * size)
    }
    return pixels
  }
  return {
    set: { file: 'only in memory', size, channels: 1, classes },
    pixels: Buffer.concat(classes.map(({ name, images }) => drawClass(name, { first: 0, count: images }))),
    heldOut: classes.map(({ name, images }) => ({
      pixels: drawClass(name, { first: images, count: images }),
      count: images,
      size,
      channels: 1,
    })),
  }
}
