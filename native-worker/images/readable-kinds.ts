import type { SkipCause } from '../../contract/dataset.ts'
import { FileRefusal } from './file-refusal.ts'
import type { JpegFrame } from './read-jpeg-frame.ts'
import type { TiffPage } from './read-tiff-pages.ts'

/** None, CCITT, LZW, JPEG, Deflate (two numbers), PackBits, WebP. */
const readCompressions = new Set([1, 2, 3, 4, 5, 7, 8, 32946, 32773, 50001])
const compressionNames: Readonly<Record<number, string>> = {
  6: 'old JPEG',
  9: 'JBIG',
  10: 'JBIG',
  32766: 'NeXT',
  32809: 'ThunderScan',
  33003: 'JPEG 2000',
  33005: 'JPEG 2000',
  34661: 'JBIG',
  34676: 'SGI Log',
  34677: 'SGI Log',
  34712: 'JPEG 2000',
  34887: 'LERC',
  34925: 'LZMA',
  50000: 'ZSTD',
  50002: 'JPEG XL',
  52546: 'JPEG XL',
}
/** White or black is zero, RGB, palette, mask, CMYK, YCbCr. */
const readColours = new Set([0, 1, 2, 3, 4, 5, 6])
const colourNames: Readonly<Record<number, string>> = {
  8: 'CIE L*a*b*',
  9: 'ICC L*a*b*',
  10: 'ITU L*a*b*',
  32803: 'raw sensor (CFA)',
  32844: 'LogL',
  32845: 'LogLuv',
  34892: 'raw sensor (linear)',
}
const separated = 5
const readBits = new Set([1, 2, 4, 8, 16, 32])
const signedFormat = 2
const floatingFormat = 3
const complexFormats = new Set([5, 6])

/** @throws FileRefusal `unsupported_kind` for what the format allows and Flawsmith does not read */
export function assertReadableTiff(page: TiffPage): void {
  const { bitsPerSample, compression, photometric, sampleFormat } = page
  if (!readCompressions.has(compression)) {
    const value = compressionNames[compression] ?? `TIFF ${compression}`
    throw unsupported({ name: 'compression', value }, `compressed with ${value}: save it uncompressed or with LZW`)
  }
  if (sampleFormat === floatingFormat)
    throw unsupported({ name: 'floating_point' }, 'floating-point pixels: convert to 8 or 16 bits first')
  if (complexFormats.has(sampleFormat))
    throw unsupported({ name: 'colour_model', value: 'complex' }, 'complex pixels: convert to grey first')
  if (sampleFormat === signedFormat)
    throw unsupported(
      { name: 'signed', value: String(bitsPerSample) },
      `signed ${bitsPerSample}-bit pixels: convert to unsigned first`,
    )
  if (!readBits.has(bitsPerSample))
    throw unsupported(
      { name: 'sample_bits', value: String(bitsPerSample) },
      `${bitsPerSample} bits a sample: convert to 8 or 16 bits first`,
    )
  const colour = unreadColour(page)
  if (colour !== null)
    throw unsupported({ name: 'colour_model', value: colour }, `${colour} pixels: convert to grey or RGB first`)
  // The decoder turns white and black round for 8 and 16 bits only.
  if (photometric === 0 && bitsPerSample === 32)
    throw unsupported(
      { name: 'colour_model', value: '32-bit, white is zero' },
      '32-bit pixels where white is zero: convert to 16 bits first',
    )
}

function unreadColour({ photometric, bitsPerSample }: TiffPage): string | null {
  if (photometric === separated && bitsPerSample > 8) return `${bitsPerSample}-bit CMYK`
  return readColours.has(photometric) ? null : (colourNames[photometric] ?? `TIFF ${photometric}`)
}

/** @throws FileRefusal `unsupported_kind` */
export function assertReadableJpeg({ precision, isLossless }: JpegFrame): void {
  if (isLossless)
    throw unsupported({ name: 'compression', value: 'lossless JPEG' }, 'lossless JPEG: save it as PNG or TIFF')
  if (precision !== 8 && precision > 0)
    throw unsupported(
      { name: 'sample_bits', value: String(precision) },
      `${precision} bits a sample: convert to 8 or 16 bits first`,
    )
}

const unsupported = (skipCause: SkipCause, detail: string): FileRefusal =>
  new FileRefusal({ reason: 'unsupported_kind', detail, skipCause })
