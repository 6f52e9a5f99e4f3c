import * as v from 'valibot'
import { Fit } from './dataset.ts'
import type { SkipReason } from './dataset.ts'
import type { Failure } from './errors.ts'
import type { Sha256 } from './ids.ts'
import { Sha256 as Hash } from './ids.ts'
import { Channels, ImageSize } from './project.ts'

/*
 * Between the service and the images child (plain Node with sharp). Requests carry an id and may overlap;
 * each is answered once. The child decodes hostile files: it may die, and only the request at hand fails.
 */

const path = v.pipe(v.string(), v.minLength(1))

export const ImagesRequest = v.variant('kind', [
  /** Decode, turn upright, fit to size × size, encode as PNG and store by content in `imagesFolder`. */
  v.strictObject({
    kind: v.literal('ingest'),
    id: v.number(),
    files: v.pipe(v.array(path), v.maxLength(500)),
    size: ImageSize,
    channels: Channels,
    fit: Fit,
    imagesFolder: path,
  }),
  /** Stored PNGs → one file of uint8 [count, size, size, channels], in the order given. */
  v.strictObject({
    kind: v.literal('pack'),
    id: v.number(),
    images: v.array(Hash),
    size: ImageSize,
    channels: Channels,
    imagesFolder: path,
    file: path,
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
  v.strictObject({ kind: v.literal('describe'), id: v.number() }),
])
export type ImagesRequest = v.InferOutput<typeof ImagesRequest>

export type IngestedFile =
  | {
      readonly ok: true
      readonly sha256: Sha256
      readonly sizeBytes: number
      /** Of the source, after EXIF rotation, in pixels. */
      readonly sourceWidth: number
      readonly sourceHeight: number
      /** SHA-256 of the source file's bytes. */
      readonly sourceSha256: Sha256
    }
  | { readonly ok: false; readonly reason: SkipReason; readonly detail: string }

export type ImagesResponse =
  | { readonly kind: 'ingested'; readonly id: number; readonly files: readonly IngestedFile[] }
  | { readonly kind: 'packed'; readonly id: number }
  | { readonly kind: 'drawn'; readonly id: number; readonly files: number }
  | { readonly kind: 'described'; readonly id: number; readonly sharp: string; readonly libvips: string }
  | { readonly kind: 'failed'; readonly id: number; readonly failure: Failure }

type RequestOf<Kind extends ImagesRequest['kind']> = Omit<Extract<ImagesRequest, { kind: Kind }>, 'kind' | 'id'>

/** What the images child does for whoever holds it: the service, which starts it, and the work on a project that it is lent to. */
export interface ImagesClient {
  /** One answer a file, in order. Throws `disk_full`, `folder_not_writable`, `compute_died`. */
  ingest(request: RequestOf<'ingest'>): Promise<readonly IngestedFile[]>
  /** Throws `image_missing`, `disk_full`, `compute_died`. */
  pack(request: RequestOf<'pack'>): Promise<void>
  /** The number of files drawn. */
  drawSampleSet(request: RequestOf<'drawSampleSet'>): Promise<number>
  describe(): Promise<{ readonly sharp: string; readonly libvips: string }>
  /** Ends the child; requests under way fail with `compute_died`. */
  close(): void
}
