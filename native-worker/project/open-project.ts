import { mkdirSync, rmSync } from 'node:fs'
import type { ProjectSummary } from '../../contract/project.ts'
import type { SqliteOptions } from './storage/connect.ts'
import { openProjectDatabase } from './storage/open-project-database.ts'
import { imagesFolder, incomingFolder } from '../files/project-paths.ts'
import { readProject } from './storage/project.ts'
import type { Db } from './storage/query.ts'
import { settleCutOffRuns } from './storage/runs.ts'
import { clearCutOffGenerations, clearUnrecordedSheets } from './clear-unrecorded-images.ts'

/** A project that this process, and no other, has open. */
export interface Project {
  readonly folder: string
  readonly db: Db
  readonly size: number
  readonly channels: 1 | 3
  readonly imagesFolder: string
  describe(): ProjectSummary
  close(): void
}

/**
 * Opens a project, clears what a killed process left half-written and settles its runs.
 * Throws what `openProjectDatabase` throws.
 */
export function openProject(folder: string, options: SqliteOptions): Project {
  const { db, close } = openProjectDatabase(folder, options)
  try {
    for (const runId of settleCutOffRuns(db)) clearUnrecordedSheets({ db, folder }, runId)
    clearCutOffGenerations({ db, folder })
    rmSync(incomingFolder(folder), { recursive: true, force: true })
    mkdirSync(imagesFolder(folder), { recursive: true })
    const { size, channels } = readProject(db, folder)
    return {
      folder,
      db,
      size,
      channels,
      imagesFolder: imagesFolder(folder),
      describe: () => readProject(db, folder),
      close,
    }
  } catch (thrown) {
    close()
    throw thrown
  }
}
