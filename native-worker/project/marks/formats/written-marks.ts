import type { MarkableImage } from '../../../../contract/marks.ts'

export interface MarksToWrite {
  readonly images: readonly ImageToWrite[]
  /** In the order of their numbers. */
  readonly classNames: readonly string[]
}

export interface ImageToWrite {
  readonly image: MarkableImage
  /** With `/` between names: class, folders below it, and the name of the image's file. */
  readonly fileName: string
  /** The same without the ending, where no other image is then called so. */
  readonly labelName: string
}

export interface ExportedDocument {
  readonly path: string
  readonly contents: string | Uint8Array
}
