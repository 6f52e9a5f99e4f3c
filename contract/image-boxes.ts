import type { Fitted } from './fitted-picture.ts'
import type { MarkShape } from './marks.ts'

/** What lies where on an image, in pixels of its source. */
export interface ImageBoxes {
  readonly fitted: Fitted
  readonly boxes: readonly ImageBox[]
}

/** A mark of the image, or a box on the frame that it was cut out of, as far as the picture shows it. */
export interface ImageBox {
  readonly from: 'mark' | 'frame'
  readonly className: string
  readonly shape: MarkShape
}
