import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { drawClassFolders } from '../../helpers/class-folders.ts'
import { runFlawsmith } from '../../helpers/run-flawsmith.ts'
import type { CommandResult } from '../../helpers/run-flawsmith.ts'
import { temporaryFolder } from '../../helpers/temporary-folder.ts'

test('a file of several classes that is settled on a locked project is said to have no side yet', async () => {
  const folder = temporaryFolder()
  const project = join(folder, 'line')
  const flawsmith = (...args: readonly string[]): Promise<CommandResult> =>
    runFlawsmith(args, { dataFolder: join(folder, 'data') })
  const images = join(folder, 'images')
  await drawClassFolders(images, { pit: 9, scratch: 8, good: 8 })
  for (const name of ['scratch', 'good']) copyFileSync(join(images, 'pit', 'pit_8.png'), join(images, name, 'same.png'))
  await flawsmith('init', project, '--size', '16', '--channels', '1')
  const imported = await flawsmith('import', project, images)
  expect(imported.stdout).toMatch(/Same file in several classes: 3\n/)
  expect(imported.stdout).toMatch(/in none of these classes until `flawsmith conflicts settle`/)
  await flawsmith('splits', 'lock', project)

  const { conflicts } = (await flawsmith('conflicts', 'list', project, '--json')).json() as {
    conflicts: readonly { imageId: number }[]
  }
  expect(conflicts).toHaveLength(1)
  const id = String(conflicts[0]?.imageId)
  const settled = await flawsmith('conflicts', 'settle', project, id, '--class', 'scratch', '--by', 'Ann')
  expect(settled.stdout).toMatch(/^0 images whose file .*\n1 image has no side yet: with locked splits/)
  expect((await flawsmith('splits', 'show', project, '--json')).json()).toMatchObject({ undivided: 1 })
})
