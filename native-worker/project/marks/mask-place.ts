import type { SourceRectangle } from '../../../contract/source-rectangle.ts'

/** What of its source a mask of an image is about: all of it, or what a patch shows. A frame may have 400 million pixels. */
export const maskPlace = ({
  isPatch,
  sourceWidth,
  sourceHeight,
  shown,
}: {
  readonly isPatch: boolean
  readonly sourceWidth: number
  readonly sourceHeight: number
  readonly shown: SourceRectangle
}): SourceRectangle => (isPatch ? shown : { x: 0, y: 0, width: sourceWidth, height: sourceHeight })
