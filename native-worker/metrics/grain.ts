import { gaussianBlur, type Plane } from './gaussian-blur.ts'
import { medianDeviation } from './order-statistics.ts'

/** Of the blur whose difference to the picture is its grain, pixels. */
const blurDeviation = 1

/** How strong the finest structure of a picture is, in grey levels: the median deviation of what a slight blur takes away. */
export function measureGrain(plane: Plane): number {
  const blurred = gaussianBlur(plane, blurDeviation).values
  return medianDeviation(plane.values.map((value, at) => value - (blurred[at] as number)))
}
