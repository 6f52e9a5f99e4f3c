import { existsSync, readdirSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { FlawsmithError } from '../../contract/errors.ts'
import type { Channels } from '../../contract/project.ts'
import { assertFreeGround } from './assert-free-ground.ts'
import { createProjectDatabase } from './storage/open-project-database.ts'
import { holdsProject } from '../files/project-paths.ts'
import { isUnfinished } from '../files/unfinished-files.ts'

export interface NewProjectOptions {
  readonly folder: string
  /** The folder's name unless given. */
  readonly name?: string | undefined
  /** Pixels per edge of every image. */
  readonly size: number
  readonly channels: Channels
  readonly isSample?: boolean
  readonly sqliteBinding: string | null
}

/**
 * Writes a new project into a folder that does not exist yet or is empty.
 * Throws `project_exists`, `folder_not_empty`, `inside_project`, `inside_export`, `folder_not_writable`, `disk_full`.
 */
export function createProject({
  folder,
  name,
  size,
  channels,
  isSample = false,
  sqliteBinding,
}: NewProjectOptions): void {
  if (holdsProject(folder))
    throw new FlawsmithError('project_exists', `${folder} already holds a Flawsmith project. Open it instead.`, {
      folder,
    })
  if (existsSync(folder) && holdsSomething(folder))
    throw new FlawsmithError(
      'folder_not_empty',
      `${folder} is not an empty folder. Choose a new folder for the project.`,
      {
        folder,
      },
    )
  assertFreeGround(folder)
  createProjectDatabase(
    folder,
    { name: name ?? basename(resolve(folder)), size, channels, isSample },
    { sqliteBinding },
  )
}

/** What a killed attempt or a file manager leaves does not count. */
function holdsSomething(folder: string): boolean {
  const ignored = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini'])
  try {
    return readdirSync(folder).some((name) => !ignored.has(name) && !isUnfinished(name))
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOTDIR') return true
    throw thrown
  }
}
