/** Coordinates along and across a direction, from a point; lengths stay what they are. */
export interface Axes {
  along(x: number, y: number): number
  across(x: number, y: number): number
}

/** @param angle in radians; its axes start in the middle of the picture where no other point is given */
export function axesAt(angle: number, { x: originX, y: originY } = { x: 32, y: 32 }): Axes {
  const cos = Math.cos(angle)
  const sin = Math.sin(angle)
  return {
    along: (x, y) => (x - originX) * cos + (y - originY) * sin,
    across: (x, y) => (y - originY) * cos - (x - originX) * sin,
  }
}
