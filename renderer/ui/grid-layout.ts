export interface GridLayout {
  readonly columns: number
  /** Pixels per cell edge. */
  readonly cellSize: number
  readonly rows: number
}

/** As many columns as fit at `minCellSize`; the cells then share what is left. All sizes in pixels. */
export function layOutGrid({
  width,
  count,
  minCellSize,
  gap,
}: {
  readonly width: number
  readonly count: number
  readonly minCellSize: number
  readonly gap: number
}): GridLayout {
  const columns = Math.max(1, Math.floor((width + gap) / (minCellSize + gap)))
  const cellSize = Math.max(1, Math.floor((width - gap * (columns - 1)) / columns))
  return { columns, cellSize, rows: Math.ceil(count / columns) }
}

/** Where an arrow key leads in a grid of `count` cells; null for keys that do not move. */
export function moveInGrid(
  key: string,
  { index, count, columns, pageRows }: { index: number; count: number; columns: number; pageRows: number },
): number | null {
  if (count === 0) return null
  const last = count - 1
  const targets: Readonly<Record<string, number>> = {
    ArrowLeft: index - 1,
    ArrowRight: index + 1,
    ArrowUp: index - columns >= 0 ? index - columns : index,
    ArrowDown: index + columns <= last ? index + columns : isLastRow(index, { count, columns }) ? index : last,
    Home: 0,
    End: last,
    PageUp: index - columns * pageRows,
    PageDown: index + columns * pageRows,
  }
  const target = targets[key]
  return target === undefined ? null : Math.min(last, Math.max(0, target))
}

const isLastRow = (index: number, { count, columns }: { count: number; columns: number }): boolean =>
  Math.floor(index / columns) === Math.floor((count - 1) / columns)
