import { axesAt } from '../drawing/axes.ts'
import { bell, clamp } from '../drawing/curves.ts'
import { paintNear, type Plane, type Spot } from '../drawing/plane.ts'

export interface Line extends Spot {
  readonly angle: number
  readonly length: number
  readonly width: number
  /** How far it has left its direction 32 away from its middle. */
  readonly bend: number
  readonly strength: number
  /** Waves of strength along it: how deep (0 … 1) and how fast (radians per 64th of the edge). */
  readonly unevenness: { readonly depth: number; readonly speed: number; readonly phase: number }
}

/** A line that fades at its ends; what is there already stays where it is stronger. */
export function strokeLine(plane: Plane, line: Line): void {
  const { along, across } = axesAt(line.angle, line)
  const { depth, speed, phase } = line.unevenness
  paintNear(plane, { x: line.x, y: line.y, reach: line.length / 2 + 1 }, (value, x, y) => {
    const place = along(x, y)
    const aside = across(x, y) - line.bend * (place / 32) ** 2
    if (Math.abs(aside) > 3 * line.width) return value
    const fade = clamp((line.length / 2 - Math.abs(place)) / 3, 0, 1)
    const uneven = 1 - depth * (0.5 + 0.5 * Math.cos(place * speed + phase))
    return Math.max(value, line.strength * fade * uneven * bell(aside / line.width))
  })
}
