import cliTruncate from 'cli-truncate'
import stringWidth from 'string-width'
import { visibleText } from '../../contract/visible-text.ts'

/** Places of a terminal: a class may have a name of 255 letters, and every other row would be padded to it. */
const widestColumn = 48

/**
 * Rows of text in aligned columns; the first row is the heading. What is too wide is cut in its middle, since names differ at either end;
 * the last column is whole, so paths belong there.
 */
export function formatTable(cells: readonly (readonly string[])[]): readonly string[] {
  const columns = cells.reduce((most, row) => Math.max(most, row.length), 0)
  const rows = cells.map((row) =>
    row.map(visibleText).map((cell, column) => (column === columns - 1 ? cell : shortened(cell))),
  )
  const padded = Array.from({ length: Math.max(0, columns - 1) }, (_, column) => {
    const widths = rows.map((row) => placesOf(row[column] ?? ''))
    return { widths, widest: widths.reduce((most, width) => Math.max(most, width), 0) }
  })
  return rows.map((row, at) =>
    row
      .map((cell, column) => {
        const { widths, widest } = padded[column] ?? { widths: [], widest: 0 }
        return cell + ' '.repeat(Math.max(0, widest - (widths[at] ?? 0)))
      })
      .join('  ')
      .trimEnd(),
  )
}

const shortened = (cell: string): string =>
  placesOf(cell) <= widestColumn ? cell : cliTruncate(cell, widestColumn, { position: 'middle' })

/** Tables have as many rows as a project has images, and most cells are a place a letter. */
const placesOf = (cell: string): number => (/^[\x20-\x7e]*$/.test(cell) ? cell.length : stringWidth(cell))
