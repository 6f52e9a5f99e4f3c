import type { Sharp } from 'sharp'

const weights = { red: 19_595, green: 38_470, blue: 7471 } as const
const one = 65_536
const row: [number, number, number] = [weights.red / one, weights.green / one, weights.blue / one]

/**
 * 8-bit grey from 8-bit colour by Rec. 601 on the coded values, as training libraries do it (Pillow's `convert('L')`, to the
 * last bit; grey stays as it is): sharp's own greyscale works in linear light. What is cut off after the half was added is rounded.
 */
export const toGrey = (pixels: Sharp): Sharp => pixels.recomb([row, row, row]).linear(1, 0.5).extractChannel(0)

/** The same of pixels that are decoded, [height, width, 3] to [height, width]: for few of them in a tenth of the time. */
export function greyOf(pixels: Uint8Array): Uint8Array {
  const grey = new Uint8Array(pixels.length / 3)
  for (let index = 0, at = 0; index < grey.length; index++, at += 3)
    grey[index] =
      (weights.red * (pixels[at] ?? 0) +
        weights.green * (pixels[at + 1] ?? 0) +
        weights.blue * (pixels[at + 2] ?? 0) +
        one / 2) >>
      16
  return grey
}
