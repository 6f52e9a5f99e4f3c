import type { IgnoredEntry } from '../../../../contract/layouts.ts'
import type { Sha256 } from '../../../../contract/ids.ts'
import type { Split } from '../../../../contract/splits.ts'

export interface ListedFolder {
  /** From the listed folder down, one name a level; none for that folder itself. */
  readonly names: readonly string[]
  /** Names of its files in natural order. */
  readonly files: readonly string[]
}

/** A row of the manifest of an export of ours. */
export interface ListedExportFile {
  readonly className: string
  readonly split: Split
  readonly origin: 'real' | 'synthetic'
  readonly sha256: string
  /** Of the file that a real image was imported from; null where the manifest does not say, and for a patch of a frame. */
  readonly sourceSha256: Sha256 | null
}

/** What lies in a folder: names only. */
export interface FolderListing {
  /** The folder itself first, each above those in it, in natural order; those without files are among them. */
  readonly folders: readonly ListedFolder[]
  /** What was not looked into. */
  readonly ignored: readonly IgnoredEntry[]
  /** By the path of the export's folder: its files by their path in the listed folder. Of an export that holds the listed folder, what lies in it. */
  readonly exports: ReadonlyMap<string, ReadonlyMap<string, ListedExportFile>>
}

export const pathOf = (names: readonly string[]): string => names.join('/')

export const filePath = (folder: readonly string[], file: string): string =>
  folder.length === 0 ? file : `${folder.join('/')}/${file}`
