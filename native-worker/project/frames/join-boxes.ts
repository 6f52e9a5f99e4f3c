import type { SourceRectangle } from '../../../contract/source-rectangle.ts'

/**
 * Boxes with at most so many pixels between them become one: crumbs at the edge of a mask belong to its defect, and so do the dashes of
 * a scratch.
 */
export function joinBoxes(
  boxes: readonly SourceRectangle[],
  { within }: { readonly within: number },
): readonly SourceRectangle[] {
  const joined: SourceRectangle[] = []
  for (const box of boxes) {
    let whole = box
    // A box that has grown may reach what it did not reach before.
    for (let index = joined.findIndex(isNear); index !== -1; index = joined.findIndex(isNear)) {
      const [near] = joined.splice(index, 1)
      if (near !== undefined) whole = around(near, whole)
    }
    joined.push(whole)

    function isNear(other: SourceRectangle): boolean {
      return gapOf(other, whole) <= within
    }
  }
  return joined
}

/** Pixels between two boxes along the axis that separates them; 0 where they touch or overlap. */
function gapOf(a: SourceRectangle, b: SourceRectangle): number {
  const across = Math.max(a.x, b.x) - Math.min(a.x + a.width, b.x + b.width)
  const down = Math.max(a.y, b.y) - Math.min(a.y + a.height, b.y + b.height)
  return Math.max(0, across, down)
}

function around(a: SourceRectangle, b: SourceRectangle): SourceRectangle {
  const x = Math.min(a.x, b.x)
  const y = Math.min(a.y, b.y)
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  }
}
