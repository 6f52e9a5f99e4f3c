/** Values in [-1, 1], row by row, channels last. */
export interface Raster {
  readonly height: number
  readonly width: number
  readonly channels: number
  readonly values: Float32Array
}

/** A plane of a raster, row by row; 1 where a mask covers. */
export interface Mask {
  readonly height: number
  readonly width: number
  readonly values: Uint8Array
}

/** Half-open, in pixels. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** Covers every pixel. */
export const wholeMask = ({ height, width }: Pick<Raster, 'height' | 'width'>): Mask => ({
  ...{ height, width },
  values: new Uint8Array(height * width).fill(1),
})

/** The smallest box that holds everything the mask covers; null where it covers nothing. */
export function boundsOf({ height, width, values }: Mask): Box | null {
  let [left, top, right, bottom] = [width, height, 0, 0]
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      if (values[row * width + column] === 0) continue
      left = Math.min(left, column)
      right = Math.max(right, column + 1)
      top = Math.min(top, row)
      bottom = Math.max(bottom, row + 1)
    }
  return right === 0 ? null : { left, top, right, bottom }
}

export const coveredPixels = ({ values }: Mask): number => values.reduce((total, value) => total + value, 0)

/** Mirrored left to right and top to bottom as asked; no value is resampled. */
export function mirror(raster: Raster, { across, down }: { across: boolean; down: boolean }): Raster {
  const { height, width, channels, values } = raster
  if (!across && !down) return raster
  const turned = new Float32Array(values.length)
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const from = ((down ? height - 1 - row : row) * width + (across ? width - 1 - column : column)) * channels
      turned.set(values.subarray(from, from + channels), (row * width + column) * channels)
    }
  return { ...raster, values: turned }
}
