import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { FlawsmithError } from '../../contract/errors.ts'
import { foldersAbove } from '../files/folders-above.ts'
import { databaseFile } from '../files/project-paths.ts'
import { realPathOf } from '../files/real-path.ts'

/**
 * A new project or export must not lie inside a project or an export: what is there is recorded file by file, and
 * something that nobody recorded is what verify is meant to find. Links are followed.
 * Throws `inside_project`, `inside_export`.
 */
export function assertFreeGround(folder: string): void {
  for (const outer of foldersAbove(realPathOf(resolve(folder)))) {
    if (existsSync(databaseFile(outer)))
      throw new FlawsmithError(
        'inside_project',
        `${folder} lies inside the project ${outer}, which would no longer verify. Choose a folder outside it.`,
        { folder, project: outer },
      )
    if (existsSync(join(outer, 'SHA256SUMS')) && existsSync(join(outer, 'manifest.csv')))
      throw new FlawsmithError(
        'inside_export',
        `${folder} lies inside the export ${outer}, which would no longer match its checksums. Choose a folder outside it.`,
        { folder, export: outer },
      )
  }
}
