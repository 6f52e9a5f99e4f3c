import { readFile, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import * as v from 'valibot'
import { ClassName } from '../../../../contract/class-name.ts'
import { Sha256 } from '../../../../contract/ids.ts'
import { Split } from '../../../../contract/splits.ts'
import { readManifest } from '../../export/manifest.ts'
import type { ListedExportFile } from './folder-listing.ts'
import { filePath } from './folder-listing.ts'

export const manifestName = 'manifest.csv'
/** Of a million pictures. */
const maxManifestBytes = 400_000_000

const Row = v.object({
  split: Split,
  class: ClassName,
  file: v.pipe(v.string(), v.minLength(1)),
  origin: v.picklist(['real', 'synthetic']),
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  source_path: v.exactOptional(v.string(), ''),
  // Absent in older manifests.
  source_sha256: v.exactOptional(v.union([Sha256, v.literal('')]), ''),
})

/** Folders from a picture up to the manifest: class, split, export. */
const deepestInExport = 3

/**
 * What the manifest of an export of ours says of each file, by the path in the listed folder; null where a file of that name is
 * something else.
 * @param folder that holds the manifest
 * @param names of that folder in the listed one
 */
export async function readExportFiles(
  folder: string,
  names: readonly string[],
): Promise<ReadonlyMap<string, ListedExportFile> | null> {
  const path = join(folder, manifestName)
  if ((await stat(path)).size > maxManifestBytes) return null
  const rows: unknown[] = readManifest((await readFile(path, 'utf8')).replace(/^\u{feff}/u, ''))
  const checked = rows.map((row) => v.safeParse(Row, row))
  if (checked.length === 0 || !checked.every(({ success }) => success)) return null
  return new Map(
    checked.flatMap(({ success, output }) => {
      if (!success) return []
      const { split, class: className, file, origin, sha256, source_path: sourcePath, source_sha256: source } = output
      // All patches of a frame have its hash.
      const sourceSha256 = source === '' || sourcePath.includes('#xywh=') ? null : source
      return [[filePath(names, file), { className, split, origin, sha256, sourceSha256 }] as const]
    }),
  )
}

/**
 * What an export of ours that holds a folder says of the files in it, by their path in the folder; null where none does, and where what
 * lies above it cannot be read.
 */
export async function readExportAround(folder: string): Promise<ReadonlyMap<string, ListedExportFile> | null> {
  const names: string[] = []
  for (let at = folder; names.length < deepestInExport && dirname(at) !== at; at = dirname(at)) {
    names.unshift(basename(at))
    const above = await readExportFiles(dirname(at), []).catch(() => null)
    if (above === null) continue
    const inside = `${names.join('/')}/`
    const own = [...above].flatMap(([path, file]) =>
      path.startsWith(inside) ? [[path.slice(inside.length), file] as const] : [],
    )
    return own.length === 0 ? null : new Map(own)
  }
  return null
}
