import { greyDepths } from '../../../contract/grey-depth.ts'
import type { DepthChoice, DepthRule, GreyDepth, ImportDepth } from '../../../contract/grey-depth.ts'
import type { InspectedFile } from '../../../contract/images.ts'

/** Above it, 32-bit samples hold what 16 bits cannot. */
const sixteenBits = 2 ** 16 - 1
/** A series whose brightest value is above it fills its 32 bits. */
const halfOfFull = 2 ** 31

export interface DecidedDepth {
  readonly rule: DepthRule
  readonly source: ImportDepth['source']
  /** Files deeper than 8 bits. */
  readonly files: number
  /** Of these, files of 32 bits whose scale is another; left out where there is none. */
  readonly wideFiles?: number
}

/**
 * One scale for all files of an import that are deeper than 8 bits, so that a dark picture stays darker than a bright one:
 * what was asked for, else what files declare, else what the largest value of the import needs. Null where no file is.
 */
export function decideDepth(files: readonly InspectedFile[], asked: DepthChoice): DecidedDepth | null {
  const deep = files.filter((file) => file !== null)
  if (deep.length === 0) return null
  const count = { files: deep.length }
  if (asked !== 'auto') return { rule: { bits: asked, wide: 'same' }, source: 'asked', ...count }
  const largestOfWide = maxOf(deep.filter(({ containerBits }) => containerBits === 32).map(largestOf))
  const wide = largestOfWide <= sixteenBits ? 'same' : largestOfWide > halfOfFull ? 'full' : 'unknown'
  // What shares the scale of 16 bits.
  const sharing = deep.filter(({ containerBits }) => containerBits === 16 || wide === 'same')
  return {
    rule: { bits: depthFor(maxOf(sharing.map(largestOf))), wide },
    source: deep.every(({ declaredBits }) => declaredBits !== null) ? 'declared' : 'largest_value',
    ...count,
    ...(sharing.length < deep.length && { wideFiles: deep.length - sharing.length }),
  }
}

/** Of `earlier`, only other depths than this one are worth a word. */
export function describeDepth(
  { rule, source, files, wideFiles }: DecidedDepth,
  { earlier, clipped }: { readonly earlier: readonly number[]; readonly clipped: number },
): ImportDepth {
  return {
    ...rule,
    source,
    files,
    ...(wideFiles !== undefined && { wideFiles }),
    clipped,
    earlier: earlier.filter((bits) => bits !== rule.bits),
  }
}

/** The largest value there can be, where it is declared, else the largest that there is. */
const largestOf = ({ declaredBits, largest }: NonNullable<InspectedFile>): number =>
  declaredBits === null ? (largest ?? 0) : 2 ** declaredBits - 1

const depthFor = (largest: number): GreyDepth => greyDepths.find((bits) => largest < 2 ** bits) ?? 16

const maxOf = (values: readonly number[]): number => values.reduce((most, value) => Math.max(most, value), 0)
