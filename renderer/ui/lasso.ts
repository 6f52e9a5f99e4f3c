export interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** Between two points, in whichever order they were touched. */
export const boxBetween = (
  a: { readonly x: number; readonly y: number },
  b: { readonly x: number; readonly y: number },
): Box => ({
  left: Math.min(a.x, b.x),
  top: Math.min(a.y, b.y),
  right: Math.max(a.x, b.x),
  bottom: Math.max(a.y, b.y),
})

/** The cells of a grid that a box touches. All in pixels from the upper left corner of the grid's whole ground. */
export function cellsIn(
  box: Box,
  {
    columns,
    cellSize,
    gap,
    count,
  }: { readonly columns: number; readonly cellSize: number; readonly gap: number; readonly count: number },
): number[] {
  const pitch = cellSize + gap
  const at = (pixel: number): number => Math.floor((pixel - gap) / pitch)
  // A box that ends in a gap does not touch the cell before it.
  const from = (pixel: number): number => Math.max(0, Math.ceil((pixel - gap - cellSize) / pitch))
  const indices: number[] = []
  for (let row = from(box.top); row <= at(box.bottom); row += 1)
    for (let column = from(box.left); column <= Math.min(columns - 1, at(box.right)); column += 1) {
      const index = row * columns + column
      if (index < count) indices.push(index)
    }
  return indices
}
