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
]

/** One row a picture (RFC 4180): where it came from and, for a synthetic one, how to make it again and who accepted it. */
export function manifestCsv(files: readonly ExportFile[]): string {
  const rows = files.map(({ split, className, path, sha256, origin }) =>
    origin.kind === 'real'
      ? [split, className, path, 'real', sha256, origin.source, '', '', '', '', '', '']
      : [
          split,
          className,
          path,
          'synthetic',
          sha256,
          '',
          origin.runId,
          origin.recipe,
          origin.seed,
          origin.checkpointStep,
          origin.inspector,
          origin.decidedAt,
        ],
  )
  return [columns, ...rows].map((row) => `${row.map(csvField).join(',')}\r\n`).join('')
}

const csvField = (value: string | number): string => {
  const text = String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
