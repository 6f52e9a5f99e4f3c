import { bell } from '../drawing/curves.ts'
import { paintNear, type Plane, type Spot } from '../drawing/plane.ts'

interface Dot extends Spot {
  readonly width: number
  readonly strength: number
}

/** A round, soft spot; what is there already stays where it is stronger. */
export function stamp(plane: Plane, { x: centreX, y: centreY, width, strength }: Dot): void {
  paintNear(plane, { x: centreX, y: centreY, reach: 2.5 * width }, (value, x, y) =>
    Math.max(value, strength * bell(Math.hypot(x - centreX, y - centreY) / width)),
  )
}
