import type { Fit } from './dataset.ts'
import type { SourceRectangle } from './source-rectangle.ts'

/** How a fitted picture was made of its source. */
export interface Fitted {
  readonly fit: Fit
  /** What of the source the picture shows. */
  readonly shown: SourceRectangle
  /** Pixels per edge of the picture. */
  readonly size: number
}

/** Where the shown part lies in the picture: all of it, or between the bars of a letterbox. */
export function placeInPicture({ fit, shown, size }: Fitted): SourceRectangle {
  if (fit !== 'letterbox') return { x: 0, y: 0, width: size, height: size }
  const scale = size / Math.max(shown.width, shown.height)
  const width = Math.max(1, Math.round(shown.width * scale))
  const height = Math.max(1, Math.round(shown.height * scale))
  return { x: Math.floor((size - width) / 2), y: Math.floor((size - height) / 2), width, height }
}

/** Where the whole picture would lie in the source, in fractions of its pixels: beyond its edges where a letterbox has bars. */
export function pictureInSource(fitted: Fitted): SourceRectangle {
  const { shown, size } = fitted
  const place = placeInPicture(fitted)
  const across = shown.width / place.width
  const down = shown.height / place.height
  return {
    x: shown.x - place.x * across,
    y: shown.y - place.y * down,
    width: size * across,
    height: size * down,
  }
}

/**
 * A rectangle of the source in whole pixels of the picture: every pixel that shows some of it. Null where it lies in a part that was
 * cropped away.
 */
export function toPicture(rectangle: SourceRectangle, fitted: Fitted): SourceRectangle | null {
  const { x, y, width, height } = pictureInSource(fitted)
  const place = placeInPicture(fitted)
  const column = (value: number): number => ((value - x) / width) * fitted.size
  const row = (value: number): number => ((value - y) / height) * fitted.size
  return between({
    left: Math.max(place.x, Math.floor(column(rectangle.x) + rounding)),
    top: Math.max(place.y, Math.floor(row(rectangle.y) + rounding)),
    right: Math.min(place.x + place.width, Math.ceil(column(rectangle.x + rectangle.width) - rounding)),
    bottom: Math.min(place.y + place.height, Math.ceil(row(rectangle.y + rectangle.height) - rounding)),
  })
}

/** A box in pixels of the picture, whole or not, in whole pixels of the source: those it shows. Null where it shows none. */
export function toSource(
  box: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number },
  fitted: Fitted,
): SourceRectangle | null {
  const { shown, size } = fitted
  const { x, y, width, height } = pictureInSource(fitted)
  return between({
    left: Math.max(shown.x, Math.floor(x + (box.left / size) * width + rounding)),
    top: Math.max(shown.y, Math.floor(y + (box.top / size) * height + rounding)),
    right: Math.min(shown.x + shown.width, Math.ceil(x + (box.right / size) * width - rounding)),
    bottom: Math.min(shown.y + shown.height, Math.ceil(y + (box.bottom / size) * height - rounding)),
  })
}

/** Of a pixel: what arithmetic in fractions may lose. */
const rounding = 1e-6

const between = ({
  left,
  top,
  right,
  bottom,
}: {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}): SourceRectangle | null =>
  right > left && bottom > top ? { x: left, y: top, width: right - left, height: bottom - top } : null
