import { whiteOfDepth } from '../../contract/grey-depth.ts'
import type { DepthRule } from '../../contract/grey-depth.ts'
import { FileRefusal } from './file-refusal.ts'

export interface DeepSamples {
  /** [height, width, channels]; where white is stored as zero, already turned round. */
  readonly samples: Uint16Array | Uint32Array
  readonly channels: number
  /** The last channel is one. */
  readonly hasAlpha: boolean
  /** Zero was white in the file. */
  readonly isWhiteZero: boolean
}

/** The largest brightness as the file stores it. */
export function largestSample(deep: DeepSamples): number {
  const { samples, channels, hasAlpha, isWhiteZero } = deep
  const colours = hasAlpha ? channels - 1 : channels
  const top = topOf(samples)
  let largest = 0
  for (let at = 0; at < samples.length; at += channels)
    for (let channel = 0; channel < colours; channel++) {
      const value = samples[at + channel] ?? 0
      largest = Math.max(largest, isWhiteZero ? top - value : value)
    }
  return largest
}

/** The source value that becomes 255, for samples of `containerBits`. */
export const whiteOf = ({ bits, wide }: DepthRule, containerBits: 16 | 32): number =>
  containerBits === 32 && wide === 'full' ? whiteOfDepth(32) : whiteOfDepth(bits)

interface NarrowSamples {
  /** [height, width, channels], 0 to 255. */
  readonly pixels: Uint8Array
  /** Something was brighter than white. */
  readonly isClipped: boolean
}

/**
 * 0 to `white` becomes 0 to 255, rounded; what is above is 255. Transparency has the range of its container, unless no
 * value of it is above `white`.
 */
export function narrowSamples(deep: DeepSamples, white: number): NarrowSamples {
  const { samples, channels, hasAlpha, isWhiteZero } = deep
  const top = topOf(samples)
  const pixels = new Uint8Array(samples.length)
  const colours = hasAlpha ? channels - 1 : channels
  const opaque = hasAlpha && largestOfChannel(deep, colours) > white ? top : white
  let isClipped = false
  for (let at = 0; at < samples.length; at += channels) {
    for (let channel = 0; channel < colours; channel++) {
      const found = samples[at + channel] ?? 0
      const value = isWhiteZero ? top - found : found
      if (value > white) isClipped = true
      const narrow = Math.round((Math.min(value, white) * 255) / white)
      pixels[at + channel] = isWhiteZero ? 255 - narrow : narrow
    }
    if (hasAlpha) pixels[at + colours] = Math.round(((samples[at + colours] ?? 0) * 255) / opaque)
  }
  return { pixels, isClipped }
}

/**
 * Where a series of 32-bit files fills its range, one of them that would be black throughout is of another kind; where
 * nothing says what range a series has, none is scaled.
 * @throws FileRefusal
 */
export function assertScalable(
  { samples }: DeepSamples,
  { rule, largest }: { rule: DepthRule; largest: number },
): void {
  if (samples instanceof Uint16Array || rule.wide === 'same') return
  if (rule.wide === 'full' && (largest === 0 || largest >= 2 ** 24)) return
  throw new FileRefusal({
    reason: 'unsupported_kind',
    detail: `32-bit pixels of at most ${largest}, a range that cannot be told from the other files: convert to 16 bits first`,
    skipCause: { name: 'unknown_range', value: String(largest) },
  })
}

const topOf = (samples: Uint16Array | Uint32Array): number => (samples instanceof Uint16Array ? 2 ** 16 : 2 ** 32) - 1

function largestOfChannel({ samples, channels }: DeepSamples, channel: number): number {
  let largest = 0
  for (let at = channel; at < samples.length; at += channels) largest = Math.max(largest, samples[at] ?? 0)
  return largest
}
