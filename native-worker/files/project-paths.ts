import { join } from 'node:path'
import type { RunId, Sha256 } from '../../contract/ids.ts'

/** Where everything lies in a project folder. */
export const databaseFile = (folder: string): string => join(folder, 'flawsmith.sqlite')
export const ownerFile = (folder: string): string => join(folder, 'owner.sqlite')
export const backupsFolder = (folder: string): string => join(folder, 'backups')
export const imagesFolder = (folder: string): string => join(folder, 'images')
/** Temporary files; emptied whenever the project is opened. */
export const incomingFolder = (folder: string): string => join(folder, 'incoming')
export const runsFolder = (folder: string): string => join(folder, 'runs')
export const runFolder = (folder: string, runId: RunId): string => join(runsFolder(folder), String(runId))

/** Relative to the images folder. */
export const imagePath = (sha256: Sha256): string => join(sha256.slice(0, 2), `${sha256}.png`)
