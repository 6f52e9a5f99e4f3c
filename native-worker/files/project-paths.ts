import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { RunId, Sha256 } from '../../contract/ids.ts'
import { imagePath } from '../../contract/image-path.ts'
import { originalPath } from '../../contract/original-path.ts'
import type { OriginalKind } from '../../contract/originals.ts'
import { resolveFolderInside, resolveInside } from './resolve-inside.ts'

/*
 * Where everything lies in a project folder. A project may come from anybody: each of these is checked against its folder, and
 * throws `path_outside` where it, or a folder on the way, is a link.
 */

const databaseName = 'flawsmith.sqlite'

export const holdsProject = (folder: string): boolean => existsSync(join(folder, databaseName))
export const databaseFile = (folder: string): string => resolveInside(folder, databaseName)
/** The write-ahead log, where SQLite left one. */
export const databaseLogFile = (folder: string): string => resolveInside(folder, `${databaseName}-wal`)
/** A backup that was decided on and is about to become the database. */
export const restoringFile = (folder: string): string => resolveInside(folder, `${databaseName}.restoring`)
export const ownerFile = (folder: string): string => resolveInside(folder, 'owner.sqlite')
export const backupsFolder = (folder: string): string => resolveFolderInside(folder, 'backups')
export const backupFile = (folder: string, name: string): string => resolveInside(folder, `backups/${name}`)
export const imagesFolder = (folder: string): string => resolveFolderInside(folder, 'images')
export const originalsFolder = (folder: string): string => resolveFolderInside(folder, 'originals')
/** Temporary files; emptied whenever the project is opened. */
export const incomingFolder = (folder: string): string => resolveFolderInside(folder, 'incoming')
/** What the images child remembers of the pictures, to compare them; made anew where it is missing. */
export const spectraFile = (folder: string): string => resolveInside(folder, 'spectra.bin')
export const runFolder = (folder: string, runId: RunId): string => resolveFolderInside(folder, `runs/${runId}`)

/** A stored picture, in the images folder of a project. */
export const imageFile = (imagesFolder: string, sha256: Sha256): string =>
  resolveInside(imagesFolder, imagePath(sha256))

/** The bytes of an imported file, in the originals folder of a project. */
export const originalFile = (
  originalsFolder: string,
  original: { readonly sha256: Sha256; readonly kind: OriginalKind },
): string => resolveInside(originalsFolder, originalPath(original))
