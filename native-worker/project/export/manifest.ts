import Papa from 'papaparse'
import type { WrittenFile } from './draft-export.ts'

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
  // Added later: readers take columns by their names.
  'rank',
  'width',
  'height',
  'source_sha256',
] as const

type ManifestRow = Readonly<Record<(typeof columns)[number], string>>

/** Without it Excel reads Chinese as the code page of its machine. */
const byteOrderMark = '\u{feff}'

/**
 * What a spreadsheet would calculate (also in full width) or cut off gets an apostrophe in front, and so does an
 * apostrophe: whoever takes one leading apostrophe off every field has the exact text.
 */
const escaped = /^['=+\-@\t\r\n＝＋－＠]/

/** What no cell can show, or what turns the text after it round; and the sign that stands for it here. */
const unshowable = /[\\\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu

/**
 * One row a picture (RFC 4180, UTF-8 with byte order mark): where it came from and, for a synthetic one, how to make it
 * again and who accepted it. Formulas are made harmless and control characters written out as described in docs/exports.md.
 */
export function manifestCsv(files: readonly WrittenFile[]): string {
  const rows = files.map(rowOf).map((row) => columns.map((column) => cell(row[column])).join(','))
  return [`${byteOrderMark}${columns.join(',')}`, ...rows, ''].join('\r\n')
}

/** The rows of a manifest, exactly as they were before anything was escaped. */
export function readManifest(csv: string): ManifestRow[] {
  const { data, meta } = Papa.parse<ManifestRow>(csv, {
    header: true,
    delimiter: ',',
    newline: '\r\n',
    skipEmptyLines: true,
    transform: unescaped,
  })
  // Manifests of older versions, which lack the later columns, have control characters as they are.
  if (meta.fields?.includes('rank') !== true) return data
  return data.map((row) => Object.fromEntries(columns.map((column) => [column, read(row[column])])) as ManifestRow)
}

/** Nearly every field: nothing in it has to be written otherwise. */
const plain = /^(?:\w[\w./:-]*)?$/
/** What would end the field, or be cut off from it. */
const needsQuotes = /[",\ufeff]|^ | $/

function cell(field: string): string {
  if (plain.test(field)) return field
  const shown = written(field)
  const isFormula = escaped.test(shown)
  if (!isFormula && !needsQuotes.test(shown)) return shown
  return `"${isFormula ? "'" : ''}${shown.replaceAll('"', '""')}"`
}

const written = (field: string): string =>
  field.replaceAll(unshowable, (sign) => (sign === '\\' ? '\\\\' : `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`))

const read = (field: string | undefined): string =>
  (field ?? '').replaceAll(/\\(?:\\|u\{([0-9a-f]{1,6})\})/g, (_, code: string | undefined) =>
    code === undefined ? '\\' : String.fromCodePoint(Number.parseInt(code, 16)),
  )

const unescaped = (field: string): string => (field.startsWith("'") ? field.slice(1) : field)

function rowOf({ split, className, path, sha256, width, height, origin }: WrittenFile): ManifestRow {
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
    rank: text(made?.rank),
    width: text(width),
    height: text(height),
    source_sha256: origin.kind === 'real' ? origin.sourceSha256 : '',
  }
}

const text = (value: string | number | undefined): string => (value === undefined ? '' : String(value))
