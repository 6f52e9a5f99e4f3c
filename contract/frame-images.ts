import * as v from 'valibot'
import { Fit, SkipCause, skipReasons } from './dataset.ts'
import { maxFrameBytes, TilePlace } from './large-frames.ts'
import { Sha256 } from './ids.ts'
import { OriginalKind } from './originals.ts'
import { Channels, ImageSize } from './project.ts'
import { SourceRectangle } from './source-rectangle.ts'

/* What the images child does with frames. Part of `images.ts`. */

const path = v.pipe(v.string(), v.minLength(1))
const id = v.pipe(v.number(), v.integer(), v.minValue(0))
const edge = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(2 ** 31))
const maxDetailLength = 500
const maxPatchesAtOnce = 500

/** Where a frame's bytes lie, and the folder of pictures made for looking at it. */
const frameSource = {
  file: path,
  sha256: Sha256,
  channels: Channels,
  /** A cache: what is in it can be made again. */
  viewsFolder: path,
}

export const FrameRequests = [
  /** Copies a file into `originalsFolder` by its content and says what it is. */
  v.strictObject({ kind: v.literal('keepFrame'), id: v.number(), file: path, originalsFolder: path }),
  /** Makes what the tiles are read from, unless it is there. */
  v.strictObject({ kind: v.literal('prepareFrame'), id: v.number(), ...frameSource }),
  /** Tiles as PNG files, by content, in `picturesFolder`. The frame must have been prepared. */
  v.strictObject({
    kind: v.literal('drawTiles'),
    id: v.number(),
    ...frameSource,
    tiles: v.pipe(v.array(TilePlace), v.maxLength(100)),
    picturesFolder: path,
  }),
  /** Windows of a frame as pictures of a project, by content, in `picturesFolder`. */
  v.strictObject({
    kind: v.literal('cutPatches'),
    id: v.number(),
    ...frameSource,
    windows: v.pipe(v.array(v.strictObject({ window: SourceRectangle, fit: Fit })), v.maxLength(maxPatchesAtOnce)),
    size: ImageSize,
    picturesFolder: path,
  }),
  /** Boxes around the connected bright parts of a mask. */
  v.strictObject({ kind: v.literal('readMask'), id: v.number(), file: path }),
] as const

const refused = v.strictObject({
  ok: v.literal(false),
  reason: v.picklist(skipReasons),
  detail: v.pipe(v.string(), v.maxLength(maxDetailLength)),
  cause: v.exactOptional(SkipCause),
})

export const GreyScale = v.nullable(v.strictObject({ low: v.number(), high: v.number() }))

export const KeptFrame = v.variant('ok', [
  v.strictObject({
    ok: v.literal(true),
    sha256: Sha256,
    kind: OriginalKind,
    sizeBytes: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(maxFrameBytes)),
    /** Every reader of class folders sees the file as it is shown here. */
    isPlain: v.boolean(),
    width: edge,
    height: edge,
  }),
  refused,
])
export type KeptFrame = Readonly<v.InferOutput<typeof KeptFrame>>

export const PreparedFrame = v.variant('ok', [
  v.strictObject({
    ok: v.literal(true),
    levels: v.pipe(
      v.array(v.strictObject({ width: edge, height: edge })),
      v.minLength(1),
      v.maxLength(20),
      v.readonly(),
    ),
    grey: GreyScale,
  }),
  refused,
])
export type PreparedFrame = Readonly<v.InferOutput<typeof PreparedFrame>>

export const CutPatches = v.variant('ok', [
  v.strictObject({
    ok: v.literal(true),
    patches: v.pipe(
      v.array(v.strictObject({ sha256: Sha256, sizeBytes: v.pipe(v.number(), v.integer(), v.minValue(1)) })),
      v.maxLength(maxPatchesAtOnce),
      v.readonly(),
    ),
    grey: GreyScale,
  }),
  refused,
])
export type CutPatches = Readonly<v.InferOutput<typeof CutPatches>>

export const MaskBoxes = v.variant('ok', [
  v.strictObject({
    ok: v.literal(true),
    width: edge,
    height: edge,
    boxes: v.pipe(v.array(SourceRectangle), v.maxLength(10_000), v.readonly()),
  }),
  refused,
])
export type MaskBoxes = Readonly<v.InferOutput<typeof MaskBoxes>>

export const FrameResponses = [
  v.strictObject({ kind: v.literal('keptFrame'), id, frame: KeptFrame }),
  v.strictObject({ kind: v.literal('preparedFrame'), id, frame: PreparedFrame }),
  v.strictObject({
    kind: v.literal('drewTiles'),
    id,
    tiles: v.pipe(v.array(v.nullable(Sha256)), v.maxLength(100), v.readonly()),
  }),
  v.strictObject({ kind: v.literal('cutPatches'), id, cut: CutPatches }),
  v.strictObject({ kind: v.literal('readMask'), id, mask: MaskBoxes }),
] as const
