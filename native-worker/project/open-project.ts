import { mkdirSync, rmSync } from 'node:fs'
import { FlawsmithError } from '../../contract/errors.ts'
import type { ProjectSummary, ReadOnlyReason } from '../../contract/project.ts'
import { identifyFolder, isFolderInPlace } from '../files/folder-identity.ts'
import { imagesFolder, incomingFolder, originalsFolder } from '../files/project-paths.ts'
import { withStorageFailures } from '../files/storage-failure.ts'
import { clearUnrecordedCheckpoints } from './clear-unrecorded-checkpoints.ts'
import { clearUnrecordedOriginals } from './clear-unrecorded-originals.ts'
import { clearUnfinishedFiles } from './clear-unfinished-files.ts'
import { clearCutOffGenerations, clearCutOffResize, clearUnrecordedSheets } from './clear-unrecorded-images.ts'
import type { SqliteOptions } from './storage/connect.ts'
import { openDatabaseImage } from './storage/open-database-image.ts'
import { openProjectDatabase } from './storage/open-project-database.ts'
import { readProject, readProjectSize } from './storage/project.ts'
import type { Db } from './storage/query.ts'
import { settleCutOffRuns } from './storage/runs.ts'
import { assignSplits, hasUnassignedImages } from './storage/splits.ts'

/** An open project. Where it can be written to, this process and no other has it open. */
export interface Project {
  readonly folder: string
  readonly db: Db
  /** Pixels an edge of every picture in use; a change of it is seen at once. */
  readonly size: number
  readonly channels: 1 | 3
  readonly imagesFolder: string
  readonly originalsFolder: string
  /** Why it can only be looked at; null where it can be written to. */
  readonly readOnly: ReadOnlyReason | null
  describe(): ProjectSummary
  /** Before anything is written. Throws `project_read_only`, `project_moved`. */
  assertWritable(): void
  /** Before files of the project are read. Throws `project_moved`. */
  assertInPlace(): void
  close(): void
}

/**
 * Opens a project, clears what a killed process left half-written and settles its runs. On a disk that is full or read-only it is
 * opened for looking only. Throws what `openProjectDatabase` throws but `disk_full` and `folder_not_writable`.
 */
export function openProject(folder: string, options: SqliteOptions): Project {
  try {
    return openForWork(folder, options)
  } catch (thrown) {
    const code = thrown instanceof FlawsmithError ? thrown.code : null
    if (code !== 'disk_full' && code !== 'folder_not_writable') throw thrown
    return openForLooking(folder, { ...options, reason: code })
  }
}

/**
 * Opens a project as it is on disk now, without changing anything there. It sees nothing of what is written afterwards.
 * Throws what `openDatabaseImage` throws.
 */
export function openForLooking(
  folder: string,
  { reason, ...options }: SqliteOptions & { readonly reason: ReadOnlyReason },
): Project {
  const db = openDatabaseImage(folder, options)
  // In memory only: nothing trains in a project that cannot be written to, whatever its runs say.
  settleCutOffRuns(db)
  if (hasUnassignedImages(db)) assignSplits(db)
  db.pragma('query_only = ON')
  return projectOf(folder, { db, readOnly: reason, close: () => void db.close() })
}

/** The same where a project that can only be looked at is of no use, such as a new one. Throws `disk_full`, `folder_not_writable` too. */
export function openForWork(folder: string, options: SqliteOptions): Project {
  const { db, close } = openProjectDatabase(folder, options)
  try {
    return withStorageFailures(folder, () => {
      for (const runId of settleCutOffRuns(db)) {
        clearUnrecordedSheets({ db, folder }, runId)
        clearUnrecordedCheckpoints({ db, folder }, runId)
      }
      clearCutOffGenerations({ db, folder })
      clearCutOffResize({ db, folder })
      clearUnfinishedFiles({ db, folder })
      rmSync(incomingFolder(folder), { recursive: true, force: true })
      mkdirSync(imagesFolder(folder), { recursive: true })
      mkdirSync(originalsFolder(folder), { recursive: true })
      clearUnrecordedOriginals({ db, folder })
      // Of an import that was killed, or of versions that divided images only when they were exported.
      if (hasUnassignedImages(db)) assignSplits(db)
      return projectOf(folder, { db, readOnly: null, close })
    })
  } catch (thrown) {
    close()
    throw thrown
  }
}

function projectOf(
  folder: string,
  { db, readOnly, close }: { readonly db: Db; readonly readOnly: ReadOnlyReason | null; readonly close: () => void },
): Project {
  const { channels } = readProject(db, folder)
  const identity = identifyFolder(folder)
  const assertInPlace = (): void => {
    if (!isFolderInPlace(folder, identity)) throw moved(folder)
  }
  return {
    folder,
    db,
    get size() {
      return readProjectSize(db)
    },
    channels,
    imagesFolder: imagesFolder(folder),
    originalsFolder: originalsFolder(folder),
    readOnly,
    describe: () => ({ ...readProject(db, folder), readOnly }),
    assertWritable: () => {
      if (readOnly !== null) throw refusal(folder, readOnly)
      assertInPlace()
    },
    assertInPlace,
    close,
  }
}

const remedies: Readonly<Record<ReadOnlyReason, string>> = {
  disk_full: 'its disk is full. Free some space, then open it again',
  folder_not_writable:
    'its folder cannot be written to. Change its permissions or copy it to another disk, then open it again',
  asked: 'it is being checked',
}

const refusal = (folder: string, reason: ReadOnlyReason): FlawsmithError =>
  new FlawsmithError('project_read_only', `The project ${folder} is open for looking only: ${remedies[reason]}.`, {
    folder,
    reason,
  })

const moved = (folder: string): FlawsmithError =>
  new FlawsmithError(
    'project_moved',
    `The project folder ${folder} is no longer where it was opened: it was moved, renamed or deleted, or its drive is gone. Open it where it is now.`,
    { folder },
  )
