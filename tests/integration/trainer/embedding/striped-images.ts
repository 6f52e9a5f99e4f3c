import { RandomStream } from '../../../../native-worker/random/random-stream.ts'
import type { LabelledImages } from '../../../../native-worker/trainer/embedding/labelled-images.ts'

const size = 16

/** Grey images of 16 × 16 with noise: class 0 has lying stripes, class 1 standing ones, class 2 none. */
export function drawStripedImages(seed: number, counts: readonly number[]): LabelledImages {
  const random = RandomStream.fromSeed(seed, 'stripes')
  const labels = counts.flatMap((count, label) => Array.from({ length: count }, () => label))
  const pixels = new Uint8Array(labels.length * size * size)
  labels.forEach((label, index) => {
    const phase = random.integer(4)
    for (let y = 0; y < size; y++) {
      for (let x = 0; x < size; x++) {
        const along = label === 0 ? y : x
        const stripe = label === 2 || (along + phase) % 4 < 2 ? 0 : 70
        const value = 110 + stripe + 15 * random.normal()
        pixels[(index * size + y) * size + x] = Math.max(0, Math.min(255, value))
      }
    }
  })
  return { pixels, count: labels.length, size, channels: 1, labels }
}
