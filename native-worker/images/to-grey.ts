import type { Sharp } from 'sharp'

const row: [number, number, number] = [19595 / 65536, 38470 / 65536, 7471 / 65536]

/**
 * 8-bit grey from 8-bit colour by Rec. 601 on the coded values, as training libraries do it (Pillow's `convert('L')`, to the
 * last bit; grey stays as it is): sharp's own greyscale works in linear light. What is cut off after the half was added is rounded.
 */
export const toGrey = (pixels: Sharp): Sharp => pixels.recomb([row, row, row]).linear(1, 0.5).extractChannel(0)
