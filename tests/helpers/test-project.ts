import { join } from 'node:path'
import type { Channels } from '../../contract/project.ts'
import { onTestFinished } from 'vitest'
import { createProject } from '../../native-worker/project/create-project.ts'
import type { Project } from '../../native-worker/project/open-project.ts'
import { openProject } from '../../native-worker/project/open-project.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** A new, open project in a folder of its own; closed and removed when the test is over. */
export function testProject({ size = 32, channels = 1 }: { size?: number; channels?: Channels } = {}): Project {
  const folder = join(temporaryFolder(), 'project')
  createProject({ folder, name: 'Line 3', size, channels, sqliteBinding: null })
  const project = openProject(folder, { sqliteBinding: null })
  onTestFinished(() => project.close())
  return project
}
