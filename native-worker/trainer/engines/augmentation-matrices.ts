import { planLength, type AugmentationPlans } from './block-arithmetic.ts'

/**
 * Plans as matrices that move lines of pixels, one an image, and as masks: for engines without an augmentation of their own. What
 * leaves is lost, zeros come in.
 */
export function augmentationMatrices(
  plans: AugmentationPlans,
  { height, width, channels }: { readonly height: number; readonly width: number; readonly channels: number },
): { readonly rows: Float32Array; readonly columns: Float32Array; readonly mask: Float32Array } {
  const batch = plans.length / planLength
  const across = width * channels
  const rows = new Float32Array(batch * height * height)
  const columns = new Float32Array(batch * across * across)
  const mask = new Float32Array(batch * height * width)
  for (let image = 0; image < batch; image++) {
    const [down = 0, right = 0, isTurned = 0, isMirrored = 0, top = 0, bottom = 0, left = 0, end = 0] = plans.subarray(
      image * planLength,
      (image + 1) * planLength,
    )
    for (let to = 0; to < height; to++) {
      const from = (isTurned === 1 ? height - 1 - to : to) - down
      if (from >= 0 && from < height) rows[(image * height + to) * height + from] = 1
    }
    for (let to = 0; to < width; to++) {
      const from = (isMirrored === 1 ? width - 1 - to : to) - right
      if (from < 0 || from >= width) continue
      for (let channel = 0; channel < channels; channel++)
        columns[(image * across + from * channels + channel) * across + to * channels + channel] = 1
    }
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++)
        mask[(image * height + y) * width + x] = y >= top && y < bottom && x >= left && x < end ? 0 : 1
  }
  return { rows, columns, mask }
}
