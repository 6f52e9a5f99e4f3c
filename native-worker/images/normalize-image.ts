import sharp from 'sharp'
import type { ResizeOptions, Sharp } from 'sharp'
import type { Fit } from '../../contract/dataset.ts'
import type { DepthRule } from '../../contract/grey-depth.ts'
import type { OriginalKind } from '../../contract/originals.ts'
import type { Channels } from '../../contract/project.ts'
import { encodeStoredPng } from './encode-stored-png.ts'
import { asRefusal, FileRefusal } from './file-refusal.ts'
import { assertScalable, largestSample, narrowSamples, whiteOf } from './narrow-samples.ts'
import { openSource } from './open-source.ts'
import type { Source } from './open-source.ts'
import { readDeepSamples } from './read-deep-samples.ts'
import { greyOf, toGrey } from './to-grey.ts'

const timeoutSeconds = 60

interface NormalForm {
  /** Pixels per edge. */
  readonly size: number
  readonly channels: Channels
  readonly fit: Fit
  /** Null where no file is known to be deeper than 8 bits. */
  readonly depth: DepthRule | null
}

interface NormalImage {
  /** 8-bit, size × size, grey or RGB, without metadata; equal pixels give equal bytes. */
  readonly png: Buffer
  /** Of the source, upright. */
  readonly sourceWidth: number
  readonly sourceHeight: number
  /** The source values that became 0 and 255; null for a file of 8 bits or fewer. */
  readonly grey: { readonly low: number; readonly high: number } | null
  /** Something was brighter than `grey.high`. */
  readonly isClipped: boolean
  readonly pages: number
  /** The one that is shown, from 0. */
  readonly page: number
  readonly kind: OriginalKind
  /** Every reader of class folders sees the file as Flawsmith does. */
  readonly isPlain: boolean
}

const resizeModes = { crop: 'cover', letterbox: 'contain', stretch: 'fill' } as const

/**
 * Decodes a file that `openSource` reads, turns it upright and brings it to the form of the project. Transparent parts
 * and letterbox bars become black. Throws `FileRefusal`.
 */
export async function normalizeImage(bytes: Buffer, { size, channels, fit, depth }: NormalForm): Promise<NormalImage> {
  const source = await openSource(bytes)
  const { kind, width, height, page, pages, isPlain } = source
  try {
    const { pixels, grey, isClipped } = await withEightBits(source, depth)
    const png = await encodeFitted(flatten(pixels), { size, channels, fit })
    return { png, sourceWidth: width, sourceHeight: height, grey, isClipped, page, pages, kind, isPlain }
  } catch (cause) {
    throw asRefusal(cause)
  }
}

/** What is transparent is black. */
export const flatten = (pixels: Sharp): Sharp => pixels.flatten({ background: '#000' })

const squareBy = (fit: Fit): ResizeOptions => ({ fit: resizeModes[fit], background: '#000' })

/** Brought to the size of the project, as PNG, without metadata; equal pixels give equal bytes. */
export async function encodeFitted(
  pixels: Sharp,
  { size, channels, fit }: Pick<NormalForm, 'size' | 'channels' | 'fit'>,
): Promise<Buffer> {
  const colours = await pixels
    .resize(size, size, squareBy(fit))
    .toColourspace('srgb')
    .raw()
    .timeout({ seconds: timeoutSeconds })
    .toBuffer()
  const fitted = channels === 1 ? greyOf(colours) : colours
  return encodeStoredPng({ pixels: fitted, width: size, height: size, channels })
}

/** As large as it is, as PNG, without metadata; equal pixels give equal bytes. */
export const encodePicture = (pixels: Sharp, channels: Channels): Promise<Buffer> =>
  (channels === 1 ? toGrey(pixels) : pixels.toColourspace('srgb'))
    .png({ compressionLevel: 6, adaptiveFiltering: false, palette: false })
    .timeout({ seconds: timeoutSeconds })
    .toBuffer()

/** Samples that were brought to 8 bits, [height, width, channels]. */
export const ofSamples = (
  samples: Uint8Array,
  raw: { readonly width: number; readonly height: number; readonly channels: 1 | 2 | 3 | 4 },
): Sharp => sharp(samples, { raw })

async function withEightBits(
  source: Source,
  rule: DepthRule | null,
): Promise<{ readonly pixels: Sharp } & Pick<NormalImage, 'grey' | 'isClipped'>> {
  if (source.deep === null) return { pixels: source.pixels(), grey: null, isClipped: false }
  if (rule === null)
    throw new FileRefusal({
      reason: 'unreadable',
      detail: 'the file changed while it was imported',
      skipCause: { name: 'changed' },
    })
  const deep = await readDeepSamples(source, source.deep)
  assertScalable(deep, { rule, largest: largestSample(deep) })
  const white = whiteOf(rule, source.deep.containerBits)
  const { pixels, isClipped } = narrowSamples(deep, white)
  const { width, height } = source
  return {
    pixels: ofSamples(pixels, { width, height, channels: deep.channels }),
    grey: { low: 0, high: white },
    isClipped,
  }
}
