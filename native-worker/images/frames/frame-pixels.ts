import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import type { Sharp } from 'sharp'
import type { Channels } from '../../../contract/project.ts'
import { decodeBitmap } from '../bitmap/decode-bitmap.ts'
import { readBitmapHeader } from '../bitmap/read-bitmap-header.ts'
import { toGrey } from '../to-grey.ts'
import type { FrameHeader } from './read-frame-header.ts'

/** The grey values of a frame that become 0 and 255; null where they are 0 and 255 already. */
export type GreyScale = { readonly low: number; readonly high: number } | null

/** Depths of cameras: the largest value that each can give. */
const fullScales = [255, 1023, 4095, 16_383, 65_535] as const

export const scaleFor = (brightest: number): number => fullScales.find((scale) => brightest <= scale) ?? 65_535

/** Opens a frame to be read once, from top to bottom, upright and opaque, in the colours of the project, at its own depth. */
export async function openFrame(
  file: string,
  { header, channels }: { readonly header: FrameHeader; readonly channels: Channels },
): Promise<Sharp> {
  const pixels = header.kind === 'bmp' ? await openBmp(file) : openStreaming(file, header)
  const opaque = header.hasAlpha ? pixels.flatten({ background: '#000' }) : pixels
  // Grey stays as it is: to weigh three copies of it would take several times as long.
  if (header.bits === 8 && channels === 1 && !header.isGrey) return toGrey(opaque)
  return opaque.toColourspace(colourspaceOf({ bits: header.bits, channels }))
}

/** In which pixels keep their depth. */
export const colourspaceOf = ({
  bits,
  channels,
}: {
  readonly bits: 8 | 16
  readonly channels: Channels
}): 'b-w' | 'srgb' | 'grey16' | 'rgb16' =>
  bits === 16 ? (channels === 1 ? 'grey16' : 'rgb16') : channels === 1 ? 'b-w' : 'srgb'

const openStreaming = (file: string, { isCmyk }: FrameHeader): Sharp =>
  // Colour profiles say how CMYK is meant, and nothing else here.
  sharp(file, { failOn: 'error', limitInputPixels: false, sequentialRead: true, autoOrient: true, ignoreIcc: !isCmyk })

async function openBmp(file: string): Promise<Sharp> {
  const bytes = await readFile(file)
  const header = readBitmapHeader(bytes)
  const { width, height } = header
  return sharp(decodeBitmap(bytes, header), { limitInputPixels: false, raw: { width, height, channels: 3 } })
}

/** 16-bit pixels to 8 bits, `high` to 255. */
export const toEightBits = (
  pixels: Sharp,
  { high, channels }: { readonly high: number; readonly channels: Channels },
): Sharp => pixels.linear(65_535 / high, 0).toColourspace(colourspaceOf({ bits: 8, channels }))
