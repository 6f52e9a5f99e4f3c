import { mirrored } from '../../metrics/gaussian-blur.ts'
import type { RandomStream } from '../../random/random-stream.ts'

/** Turned by at most 10°, 15 % larger or smaller, shifted by 8 % of the edge, mirrored both ways, another light. */
const largest = { turn: 0.17, scale: 0.14, shift: 0.08, contrast: 0.2, brightness: 0.1 } as const
/** About the mean and deviation of pictures, so that a network sees numbers near 0. */
const middle = 0.45
const spread = 0.2

interface PictureFormat {
  readonly size: number
  readonly channels: number
}

/**
 * Classical augmentation, the same for every image whatever it comes from: a small affine change with mirrored edges, then light.
 * @param target takes [size, size, channels], normalised
 */
export function augment(
  source: Uint8Array,
  { size, channels, random, target }: PictureFormat & { readonly random: RandomStream; readonly target: Float32Array },
): void {
  const draw = (): number => 2 * random.uniform() - 1
  const angle = draw() * largest.turn
  const scale = Math.exp(draw() * largest.scale)
  const flipX = random.uniform() < 0.5 ? -1 : 1
  const flipY = random.uniform() < 0.5 ? -1 : 1
  const cosine = Math.cos(angle) * scale
  const sine = Math.sin(angle) * scale
  const centre = (size - 1) / 2
  const shiftX = draw() * largest.shift * size + centre
  const shiftY = draw() * largest.shift * size + centre
  let sum = 0
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++) {
      const x = column - centre
      const y = row - centre
      const fromX = flipX * (cosine * x - sine * y) + shiftX
      const fromY = flipY * (sine * x + cosine * y) + shiftY
      const left = Math.floor(fromX)
      const top = Math.floor(fromY)
      const acrossShare = fromX - left
      const downShare = fromY - top
      const columns = [mirrored(left, size), mirrored(left + 1, size)] as const
      const rows = [mirrored(top, size) * size, mirrored(top + 1, size) * size] as const
      for (let channel = 0; channel < channels; channel++) {
        const at = (place: number): number => source[place * channels + channel] ?? 0
        const upper = at(rows[0] + columns[0]) * (1 - acrossShare) + at(rows[0] + columns[1]) * acrossShare
        const lower = at(rows[1] + columns[0]) * (1 - acrossShare) + at(rows[1] + columns[1]) * acrossShare
        const value = (upper * (1 - downShare) + lower * downShare) / 255
        target[(row * size + column) * channels + channel] = value
        sum += value
      }
    }
  const mean = sum / target.length
  const contrast = 1 + draw() * largest.contrast
  const brightness = draw() * largest.brightness
  for (let place = 0; place < target.length; place++)
    target[place] = (((target[place] ?? 0) - mean) * contrast + mean + brightness - middle) / spread
}

/** An image as it is, normalised like an augmented one. */
export function normalise(source: Uint8Array, target: Float32Array): void {
  for (let place = 0; place < target.length; place++) target[place] = ((source[place] ?? 0) / 255 - middle) / spread
}
