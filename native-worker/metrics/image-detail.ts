/** How much there is to see in images, in grey levels (0 to 255); 0 where every image is one plain tone. */
export interface ImageDetail {
  /** Standard deviation within an image, a colour channel at a time; mean over the images. */
  readonly contrast: number
  /** Root mean square of the difference between neighbouring pixels: fine structure, which a blurred image lacks. */
  readonly sharpness: number
}

/** @param pixels uint8 [count, size, size, channels]; at least one image of 2 × 2 */
export function measureDetail({
  pixels,
  count,
  size,
  channels,
}: {
  readonly pixels: Uint8Array
  readonly count: number
  readonly size: number
  readonly channels: number
}): ImageDetail {
  const imageLength = size * size * channels
  let contrast = 0
  let sharpness = 0
  for (let image = 0; image < count; image++) {
    const values = pixels.subarray(image * imageLength, (image + 1) * imageLength)
    let variance = 0
    for (let channel = 0; channel < channels; channel++) variance += varianceOf(values, { channel, channels })
    contrast += Math.sqrt(variance / channels)
    sharpness += Math.sqrt(meanSquaredStep(values, { size, channels }))
  }
  return { contrast: contrast / count, sharpness: sharpness / count }
}

function varianceOf(values: Uint8Array, { channel, channels }: { channel: number; channels: number }): number {
  let sum = 0
  let squares = 0
  for (let index = channel; index < values.length; index += channels) {
    const value = values[index] as number
    sum += value
    squares += value * value
  }
  const count = values.length / channels
  return Math.max(0, squares / count - (sum / count) ** 2)
}

/** Between every pixel and its right and lower neighbour. */
function meanSquaredStep(values: Uint8Array, { size, channels }: { size: number; channels: number }): number {
  const rowLength = size * channels
  let squares = 0
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < rowLength; column++) {
      const index = row * rowLength + column
      const value = values[index] as number
      if (column + channels < rowLength) squares += (value - (values[index + channels] as number)) ** 2
      if (row + 1 < size) squares += (value - (values[index + rowLength] as number)) ** 2
    }
  }
  return squares / (2 * size * (size - 1) * channels)
}
