import Papa from 'papaparse'
import type { ExportFile } from './draft-export.ts'

const columns = [
  'split',
  'class',
  'file',
  'origin',
  'sha256',
  'source_path',
  'run',
  'recipe',
  'seed',
  'checkpoint_step',
  'inspector',
  'decided_at',
] as const

type ManifestRow = Readonly<Record<(typeof columns)[number], string>>

/** Without it Excel reads Chinese as the code page of its machine. */
const byteOrderMark = '\u{feff}'

/**
 * What a spreadsheet would calculate (also in full width) or cut off gets an apostrophe in front, and so does an
 * apostrophe: whoever takes one leading apostrophe off every field has the exact text.
 */
const escaped = /^['=+\-@\t\r\n＝＋－＠]/

/**
 * One row a picture (RFC 4180, UTF-8 with byte order mark): where it came from and, for a synthetic one, how to make it
 * again and who accepted it. Formulas are made harmless as described in docs/exports.md.
 */
export function manifestCsv(files: readonly ExportFile[]): string {
  const rows = files.map(rowOf).map((row) => columns.map((column) => row[column]))
  return `${byteOrderMark}${Papa.unparse([[...columns], ...rows], { newline: '\r\n', escapeFormulae: escaped })}\r\n`
}

/** The rows of a manifest, exactly as they were before anything was escaped. */
export function readManifest(csv: string): ManifestRow[] {
  const { data } = Papa.parse<ManifestRow>(csv, {
    header: true,
    delimiter: ',',
    newline: '\r\n',
    skipEmptyLines: true,
    transform: unescaped,
  })
  return data
}

const unescaped = (field: string): string => (field.startsWith("'") ? field.slice(1) : field)

function rowOf({ split, className, path, sha256, origin }: ExportFile): ManifestRow {
  const made = origin.kind === 'synthetic' ? origin : null
  return {
    split,
    class: className,
    file: path,
    origin: origin.kind,
    sha256,
    source_path: origin.kind === 'real' ? origin.source : '',
    run: text(made?.runId),
    recipe: text(made?.recipe),
    seed: text(made?.seed),
    checkpoint_step: text(made?.checkpointStep),
    inspector: text(made?.inspector),
    decided_at: text(made?.decidedAt),
  }
}

const text = (value: string | number | undefined): string => (value === undefined ? '' : String(value))
