import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { proposeForFolder } from '../../../../native-worker/project/dataset/layouts/propose-for-folder.ts'
import { planImport } from '../../../../native-worker/project/dataset/import/plan-import.ts'
import { errorCodeOf } from '../../../helpers/error-code.ts'
import { testProject } from '../../../helpers/test-project.ts'

test('a project, and any folder in it, is refused by name before its folders are taken for classes', async () => {
  const { folder } = testProject()
  const within = join(folder, 'images', 'scratch')
  await mkdir(within, { recursive: true })
  for (const chosen of [folder, join(folder, 'images'), within]) {
    expect(await errorCodeOf(() => proposeForFolder(chosen, {}))).toBe('folder_of_project')
    expect(await errorCodeOf(() => planImport(chosen, { wish: {} }))).toBe('folder_of_project')
  }
  await expect(proposeForFolder(folder, {})).rejects.toThrow('is a Flawsmith project. Export from that project')
  await expect(proposeForFolder(within, {})).rejects.toThrow(`lies inside the Flawsmith project ${folder}`)
})
