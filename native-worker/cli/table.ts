import { visibleText } from '../../contract/visible-text.ts'

/** Rows of text in aligned columns; the first row is the heading. */
export function formatTable(cells: readonly (readonly string[])[]): readonly string[] {
  const rows = cells.map((row) => row.map(visibleText))
  const columns = Math.max(0, ...rows.map((row) => row.length))
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  )
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
