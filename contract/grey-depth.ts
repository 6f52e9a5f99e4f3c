import * as v from 'valibot'

/** How many bits of a deeper sample hold the brightness: 16-bit files of cameras often use fewer. */
export const greyDepths = [8, 10, 12, 14, 16] as const
export type GreyDepth = (typeof greyDepths)[number]

/** What an import is asked for; `auto` decides by what the files declare, or by the largest value found in them. */
export const DepthChoice = v.picklist(['auto', ...greyDepths])
export type DepthChoice = v.InferOutput<typeof DepthChoice>

/** How the samples of all files of an import that are deeper than 8 bits become 8 bits: 0 to 2^bits − 1 becomes 0 to 255. */
export const DepthRule = v.strictObject({
  bits: v.picklist(greyDepths),
  /**
   * Of 32-bit samples: they hold what 16 bits could and follow `bits`, they fill their 32 bits, or neither, and what they
   * hold cannot be told.
   */
  wide: v.picklist(['same', 'full', 'unknown']),
})
export type DepthRule = Readonly<v.InferOutput<typeof DepthRule>>

export const depthSources = ['asked', 'declared', 'largest_value'] as const

/** What an import did with files deeper than 8 bits a channel. */
export const ImportDepth = v.object({
  ...DepthRule.entries,
  source: v.picklist(depthSources),
  /** Files deeper than 8 bits. */
  files: v.number(),
  /** Of these, files of 32 bits that do not share the scale of `bits`; left out where there is none. */
  wideFiles: v.exactOptional(v.number()),
  /** Imported images with values above the range, which are white there. */
  clipped: v.number(),
  /** Other depths of images that were in the project before. */
  earlier: v.array(v.number()),
})
export type ImportDepth = Readonly<v.InferOutput<typeof ImportDepth>>

/** The source value that becomes 255. */
export const whiteOfDepth = (bits: number): number => 2 ** bits - 1
