import * as v from 'valibot'
import { Fit, SkipCause, skipReasons } from './dataset.ts'
import { Failure } from './errors.ts'
import type { CutPatches, KeptFrame, MaskBoxes, PreparedFrame } from './frame-images.ts'
import { FrameRequests, FrameResponses } from './frame-images.ts'
import { DepthRule } from './grey-depth.ts'
import { Orientation, Threshold } from './groups.ts'
import type { Sha256 } from './ids.ts'
import { Sha256 as Hash } from './ids.ts'
import { JudgedLabels, LabelledPicture } from './label-check.ts'
import { OriginalKind } from './originals.ts'
import { MaskRuns } from './marks.ts'
import { Channels, ImageSize } from './project.ts'
import { SourceRectangle } from './source-rectangle.ts'

/*
 * Between the service and the images child (plain Node with sharp). Requests carry an id and may overlap;
 * each is answered once. The child decodes hostile files: it may die, and only the request at hand fails.
 */

const path = v.pipe(v.string(), v.minLength(1))
const maxFilesAtOnce = 500
const maxRanked = 1_000_000
/** Characters of what is said about a file that is not imported. */
export const maxDetailLength = 500

/** Which part of which file a picture shows, and how it became grey. */
export const DerivedItem = v.strictObject({
  file: path,
  /** What the file must be: another one there is refused. */
  sourceSha256: Hash,
  rectangle: SourceRectangle,
  fit: Fit,
  grey: v.nullable(v.strictObject({ low: v.number(), high: v.number() })),
  page: v.pipe(v.number(), v.integer(), v.minValue(0)),
})
export type DerivedItem = Readonly<v.InferOutput<typeof DerivedItem>>

/** A part of an original as it is in its file, as a PNG of 8 bits: for programs that would read the file itself otherwise. */
export const RenderedItem = v.strictObject({
  ...DerivedItem.entries,
  /** The rectangle was cut out of a frame: only it is drawn; of any other image, the whole. */
  isPatch: v.boolean(),
  /** Relative to the folder, with `/` between names. */
  path,
})
export type RenderedItem = Readonly<v.InferOutput<typeof RenderedItem>>

export const ImagesRequest = v.variant('kind', [
  /** Decode, turn upright, fit to size × size, encode as PNG and store by content in `imagesFolder`. */
  v.strictObject({
    kind: v.literal('ingest'),
    id: v.number(),
    files: v.pipe(v.array(path), v.maxLength(maxFilesAtOnce)),
    size: ImageSize,
    channels: Channels,
    fit: Fit,
    /** Null where `inspect` found no file deeper than 8 bits. */
    depth: v.nullable(DepthRule),
    imagesFolder: path,
    /** Where the bytes of each file are kept by their hash; left out where they are not. */
    originalsFolder: v.exactOptional(path),
  }),
  /** What of each file's samples is deeper than 8 bits; the largest value is looked for only where it is asked for and nothing is declared. */
  v.strictObject({
    kind: v.literal('inspect'),
    id: v.number(),
    files: v.pipe(v.array(path), v.maxLength(maxFilesAtOnce)),
    findLargest: v.boolean(),
  }),
  /** The picture of each image again from its original, at another size, stored by content in `imagesFolder`. */
  v.strictObject({
    kind: v.literal('derive'),
    id: v.number(),
    items: v.pipe(v.array(DerivedItem), v.maxLength(maxFilesAtOnce)),
    size: ImageSize,
    channels: Channels,
    imagesFolder: path,
  }),
  /** Parts of originals at their own size, each to its place in `folder`, whose folders are there. Not synced. */
  v.strictObject({
    kind: v.literal('render'),
    id: v.number(),
    items: v.pipe(v.array(RenderedItem), v.maxLength(maxFilesAtOnce)),
    channels: Channels,
    folder: path,
    /** A cache for frames. */
    viewsFolder: path,
  }),
  /** Stored pictures, proved by their hashes, each to its place in `folder`, whose folders are there. Not synced. */
  v.strictObject({
    kind: v.literal('copy'),
    id: v.number(),
    items: v.pipe(v.array(v.strictObject({ sha256: Hash, path })), v.maxLength(maxFilesAtOnce)),
    imagesFolder: path,
    folder: path,
  }),
  /** In which order to take stored pictures, so that few of them are good and unlike one another; the first `count` are chosen. */
  v.strictObject({
    kind: v.literal('rank'),
    id: v.number(),
    pictures: v.pipe(
      v.array(v.strictObject({ sha256: Hash, score: v.nullable(v.pipe(v.number(), v.gtValue(0), v.maxValue(1))) })),
      v.maxLength(maxRanked),
    ),
    count: v.pipe(v.number(), v.integer(), v.minValue(0)),
    imagesFolder: path,
  }),
  /** Stored PNGs → one file of uint8 [count, size, size, channels], class by class in the order given. */
  v.strictObject({
    kind: v.literal('pack'),
    id: v.number(),
    classes: v.array(v.strictObject({ name: v.string(), images: v.array(Hash) })),
    size: ImageSize,
    channels: Channels,
    imagesFolder: path,
    file: path,
  }),
  /** Defects painted on stored pictures, made smaller first where they are larger than `edge`: `<folder>/<kind>/…png`, masks in `masks`. */
  v.strictObject({
    kind: v.literal('paint'),
    id: v.number(),
    className: v.string(),
    surfaces: v.pipe(v.array(Hash), v.minLength(1)),
    size: ImageSize,
    channels: Channels,
    imagesFolder: path,
    /** Must be there, and empty. */
    folder: path,
    edge: v.pipe(v.number(), v.integer(), v.minValue(16), v.maxValue(256)),
    seed: v.pipe(v.number(), v.integer(), v.minValue(0)),
    families: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000)),
    perFamily: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000)),
  }),
  /** The built-in sample set as class folders of PNG files: `<folder>/<class>/<class>_0001.png`. */
  v.strictObject({
    kind: v.literal('drawSampleSet'),
    id: v.number(),
    folder: path,
    seed: v.number(),
    size: ImageSize,
    classes: v.record(v.string(), v.number()),
  }),
  ...FrameRequests,
  /** Where stored pictures look unlike their own surface and unlike the pictures in `good`; without those, unlike their surface alone. */
  v.strictObject({
    kind: v.literal('proposeDefects'),
    id: v.number(),
    className: v.string(),
    pictures: v.pipe(v.array(Hash), v.maxLength(maxFilesAtOnce)),
    goodClassName: v.string(),
    good: v.pipe(v.array(Hash), v.maxLength(maxFilesAtOnce)),
    imagesFolder: path,
  }),
  /** Pictures of masks of defects: whatever is not black is one. */
  v.strictObject({
    kind: v.literal('readMasks'),
    id: v.number(),
    files: v.pipe(v.array(path), v.maxLength(maxFilesAtOnce)),
  }),
  /** Which stored pictures show the same part, by what they show alone. Progress is told until it is answered. */
  v.strictObject({
    kind: v.literal('group'),
    id: v.number(),
    images: v.array(Hash),
    imagesFolder: path,
    /** Keeps what was read of the pictures; made anew where it is missing. */
    spectraFile: path,
    threshold: Threshold,
  }),
  /** Which labels of stored pictures are probably wrong, by what the pictures look like. Progress is told until it is answered. */
  v.strictObject({
    kind: v.literal('judgeLabels'),
    id: v.number(),
    pictures: v.array(LabelledPicture),
    imagesFolder: path,
  }),
  /** Ends the request `cancels`, which fails with \`cancelled\`. */
  v.strictObject({ kind: v.literal('cancel'), id: v.number(), cancels: v.number() }),
  v.strictObject({ kind: v.literal('describe'), id: v.number() }),
])
export type ImagesRequest = v.InferOutput<typeof ImagesRequest>

const id = v.pipe(v.number(), v.integer(), v.minValue(0))
const bytes = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000_000))
const pixels = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(2 ** 31))
const pages = pixels
const sample = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 32 - 1))
const bits = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(255))
const figure = v.pipe(v.number(), v.integer(), v.minValue(0))
const versionText = v.pipe(v.string(), v.maxLength(100))

export const IngestedFile = v.variant('ok', [
  v.strictObject({
    ok: v.literal(true),
    sha256: Hash,
    sizeBytes: bytes,
    /** Of the source, after EXIF rotation. */
    sourceWidth: pixels,
    sourceHeight: pixels,
    /** SHA-256 of the source file's bytes. */
    sourceSha256: Hash,
    original: v.strictObject({
      kind: OriginalKind,
      sizeBytes: bytes,
      /** Every reader of class folders sees the file as it is shown here. */
      isPlain: v.boolean(),
    }),
    /** The source values that became 0 and 255; null for a file of 8 bits or fewer. */
    grey: v.nullable(v.strictObject({ low: sample, high: sample })),
    /** Something was brighter than `grey.high` and is white now. */
    isClipped: v.boolean(),
    pages,
    /** The one that is shown, from 0. */
    page: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 31)),
  }),
  v.strictObject({
    ok: v.literal(false),
    reason: v.picklist(skipReasons),
    detail: v.pipe(v.string(), v.maxLength(maxDetailLength)),
    cause: v.exactOptional(SkipCause),
  }),
])
export type IngestedFile = Readonly<v.InferOutput<typeof IngestedFile>>

const maxPainted = 100_000
const relativePath = v.pipe(v.string(), v.regex(/^[a-z]+(\/[a-z0-9_-]+){1,2}\.png$/))
export const PaintedFile = v.strictObject({
  /** Relative to the folder, with `/` between names. */
  path: relativePath,
  sha256: Hash,
  sizeBytes: bytes,
  kind: v.pipe(v.string(), v.maxLength(100)),
  family: figure,
  /** Which of the surfaces it shows. */
  surface: figure,
  /** Where the defect is: 0 nowhere, 255 wholly. Null where nothing was painted. */
  mask: v.nullable(v.strictObject({ path: relativePath, sha256: Hash, sizeBytes: bytes })),
})
export type PaintedFile = Readonly<v.InferOutput<typeof PaintedFile>>

const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1))
/** Boxes in shares of the picture's edges, the most conspicuous first. */
const FoundDefects = v.pipe(
  v.array(v.strictObject({ left: share, top: share, right: share, bottom: share })),
  v.maxLength(1000),
  v.readonly(),
)
export type FoundDefects = v.InferOutput<typeof FoundDefects>

export const ReadMask = v.variant('ok', [
  v.strictObject({ ok: v.literal(true), width: pixels, height: pixels, runs: MaskRuns }),
  v.strictObject({ ok: v.literal(false), detail: v.pipe(v.string(), v.maxLength(maxDetailLength)) }),
])
export type ReadMask = Readonly<v.InferOutput<typeof ReadMask>>
/** Null for a file of 8 bits or fewer, and for one that cannot be read: `ingest` says why. */
export const InspectedFile = v.nullable(
  v.strictObject({
    containerBits: v.picklist([16, 32]),
    /** How many bits hold the brightness, where the file says so. */
    declaredBits: v.nullable(bits),
    /** The largest brightness found; null where it was not looked for. */
    largest: v.nullable(sample),
  }),
)
export type InspectedFile = Readonly<v.InferOutput<typeof InspectedFile>>
const GroupedImages = v.strictObject({
  /** At least two members each. The first is most like the others; `orientation` says how it lies on each. */
  groups: v.pipe(
    v.array(
      v.pipe(
        v.array(
          v.strictObject({
            /** Index into the request's images. */
            image: v.pipe(v.number(), v.integer(), v.minValue(0)),
            correlation: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
            orientation: Orientation,
          }),
        ),
        v.minLength(2),
        v.readonly(),
      ),
    ),
    v.readonly(),
  ),
  /** Confirmed ones. */
  pairs: v.pipe(v.number(), v.integer(), v.minValue(0)),
  /** Indices of images that could not be read. */
  unread: v.pipe(v.array(v.pipe(v.number(), v.integer(), v.minValue(0))), v.readonly()),
})
export type GroupedImages = Readonly<v.InferOutput<typeof GroupedImages>>

/** An original that cannot be read any more: gone, another file, or damaged. */
export const DerivedPicture = v.variant('ok', [
  v.strictObject({ ok: v.literal(true), sha256: Hash, sizeBytes: bytes }),
  v.strictObject({ ok: v.literal(false), detail: v.pipe(v.string(), v.maxLength(maxDetailLength)) }),
])
export type DerivedPicture = Readonly<v.InferOutput<typeof DerivedPicture>>

/** What comes out of the process that decodes hostile files is as little trusted as the files. */
export const ImagesResponse = v.variant('kind', [
  v.strictObject({
    kind: v.literal('ingested'),
    id,
    files: v.pipe(v.array(IngestedFile), v.maxLength(maxFilesAtOnce), v.readonly()),
  }),
  v.strictObject({
    kind: v.literal('inspected'),
    id,
    files: v.pipe(v.array(InspectedFile), v.maxLength(maxFilesAtOnce), v.readonly()),
  }),
  v.strictObject({
    kind: v.literal('derived'),
    id,
    pictures: v.pipe(v.array(DerivedPicture), v.maxLength(maxFilesAtOnce), v.readonly()),
  }),
  v.strictObject({
    kind: v.literal('rendered'),
    id,
    pictures: v.pipe(v.array(DerivedPicture), v.maxLength(maxFilesAtOnce), v.readonly()),
  }),
  v.strictObject({
    kind: v.literal('copied'),
    id,
    missing: v.pipe(v.array(id), v.maxLength(maxFilesAtOnce), v.readonly()),
  }),
  v.strictObject({ kind: v.literal('ranked'), id, order: v.pipe(v.array(id), v.maxLength(maxRanked), v.readonly()) }),
  v.strictObject({ kind: v.literal('packed'), id, sha256: Hash }),
  v.strictObject({
    kind: v.literal('painted'),
    id,
    files: v.pipe(v.array(PaintedFile), v.maxLength(maxPainted), v.readonly()),
  }),
  v.strictObject({ kind: v.literal('drawn'), id, files: v.pipe(v.number(), v.integer(), v.minValue(0)) }),
  ...FrameResponses,
  v.strictObject({
    kind: v.literal('defectsProposed'),
    id,
    pictures: v.pipe(v.array(FoundDefects), v.maxLength(maxFilesAtOnce), v.readonly()),
  }),
  v.strictObject({
    kind: v.literal('masksRead'),
    id,
    files: v.pipe(v.array(ReadMask), v.maxLength(maxFilesAtOnce), v.readonly()),
  }),
  v.strictObject({ kind: v.literal('grouped'), id, ...GroupedImages.entries }),
  v.strictObject({
    kind: v.literal('labelsJudged'),
    id,
    ...JudgedLabels.entries,
    neighboursAsked: figure,
    fewestOfAClass: figure,
  }),
  v.strictObject({ kind: v.literal('cancelling'), id }),
  /** Of a request that is answered later. */
  v.strictObject({ kind: v.literal('progressed'), id, done: figure, total: figure }),
  v.strictObject({ kind: v.literal('described'), id, sharp: versionText, libvips: versionText }),
  v.strictObject({ kind: v.literal('failed'), id, failure: Failure }),
])
export type ImagesResponse = Readonly<v.InferOutput<typeof ImagesResponse>>

type RequestOf<Kind extends ImagesRequest['kind']> = Omit<Extract<ImagesRequest, { kind: Kind }>, 'kind' | 'id'>

/** What takes long can be watched and cancelled. */
export interface WatchedRequest {
  readonly signal?: AbortSignal
  readonly onProgress?: (done: number, total: number) => void
}

/** What the images child does for whoever holds it: the service, which starts it, and the work on a project that it is lent to. */
export interface ImagesClient {
  /** One answer a file, in order. Throws `disk_full`, `folder_not_writable`, `compute_died`, `compute_answer_invalid`. */
  ingest(request: RequestOf<'ingest'>): Promise<readonly IngestedFile[]>
  /** One answer a file, in order. Throws `compute_died`, `compute_answer_invalid`. */
  inspect(request: RequestOf<'inspect'>): Promise<readonly InspectedFile[]>
  /** One answer an item, in order. Throws `disk_full`, `folder_not_writable`, `compute_died`, `compute_answer_invalid`. */
  derive(request: RequestOf<'derive'>): Promise<readonly DerivedPicture[]>
  /** One answer an item, in order. Throws `disk_full`, `folder_not_writable`, `compute_died`, `compute_answer_invalid`. */
  render(request: RequestOf<'render'>): Promise<readonly DerivedPicture[]>
  /**
   * The places of pictures that are missing or damaged; the others are copied. Throws `disk_full`, `folder_not_writable`,
   * `path_outside`, `compute_died`, `compute_answer_invalid`.
   */
  copy(request: RequestOf<'copy'>): Promise<readonly number[]>
  /** The places of all pictures in what was asked, best and most unlike first. Throws `compute_died`, `compute_answer_invalid`. */
  rank(request: RequestOf<'rank'>): Promise<readonly number[]>
  /** The hash of the file written. Throws `image_missing`, `training_set_changed`, `disk_full`, `compute_died`. */
  pack(request: RequestOf<'pack'>): Promise<Sha256>
  /**
   * The pictures painted, kind by kind. Throws `cancelled`, `image_missing`, `training_set_changed`, `disk_full`, `folder_not_writable`,
   * `compute_died`, `compute_answer_invalid`.
   */
  paint(request: RequestOf<'paint'>, watch: WatchedRequest): Promise<readonly PaintedFile[]>
  /** Throws `cancelled`, `disk_full`, `folder_not_writable`, `compute_died`, `compute_answer_invalid`. */
  group(request: RequestOf<'group'>, watch: WatchedRequest): Promise<GroupedImages>
  /** Throws `cancelled`, `compute_died`, `compute_answer_invalid`. */
  judgeLabels(
    request: RequestOf<'judgeLabels'>,
    watch: WatchedRequest,
  ): Promise<JudgedLabels & { readonly neighboursAsked: number; readonly fewestOfAClass: number }>
  /** The number of files drawn. */
  drawSampleSet(request: RequestOf<'drawSampleSet'>): Promise<number>
  /** Copies a frame into the project, or says why not. Throws `disk_full`, `folder_not_writable`, `compute_died`. */
  keepFrame(request: RequestOf<'keepFrame'>): Promise<KeptFrame>
  /** Reads the whole frame once, unless that was done before. */
  prepareFrame(request: RequestOf<'prepareFrame'>): Promise<PreparedFrame>
  /** One hash a tile, in order; null for a place outside the frame. */
  drawTiles(request: RequestOf<'drawTiles'>): Promise<readonly (Sha256 | null)[]>
  /** One picture a window, in order. */
  cutPatches(request: RequestOf<'cutPatches'>): Promise<CutPatches>
  readMask(request: RequestOf<'readMask'>): Promise<MaskBoxes>
  /** One answer a picture, in order. Throws `image_missing`, `training_set_changed`, `compute_died`, `compute_answer_invalid`. */
  proposeDefects(request: RequestOf<'proposeDefects'>): Promise<readonly FoundDefects[]>
  /** One answer a file, in order. Throws `compute_died`, `compute_answer_invalid`. */
  readMasks(request: RequestOf<'readMasks'>): Promise<readonly ReadMask[]>
  describe(): Promise<{ readonly sharp: string; readonly libvips: string }>
  /** Ends the child; requests under way fail with `compute_died`. */
  close(): void
}
