import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  forgetRecentProject,
  listRecentProjects,
  rememberRecentProject,
} from '../../../native-worker/service/recent-projects.ts'
import { temporaryFolder } from '../../helpers/temporary-folder.ts'
import { testProject } from '../../helpers/test-project.ts'

test('newest first, each once, and what is gone is said to be gone', async () => {
  const dataFolder = join(temporaryFolder(), 'not', 'there', 'yet')
  expect(await listRecentProjects(dataFolder)).toEqual([])
  const project = testProject().describe()
  const gone = { folder: '/media/usb/line 4', name: 'Line 4' }
  for (const each of [project, gone, project]) await rememberRecentProject({ dataFolder, project: each })
  expect(await listRecentProjects(dataFolder)).toMatchObject([
    { folder: project.folder, name: 'Line 3', present: true },
    { ...gone, present: false },
  ])
  await forgetRecentProject({ dataFolder, folder: gone.folder })
  expect(await listRecentProjects(dataFolder)).toHaveLength(1)
})

test('a damaged list is an empty list', async () => {
  const dataFolder = temporaryFolder()
  for (const text of ['{"half', '{"folder": 3}', '']) {
    writeFileSync(join(dataFolder, 'recent.json'), text)
    expect(await listRecentProjects(dataFolder)).toEqual([])
  }
})
