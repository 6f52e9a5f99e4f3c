import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { drawClassFolders } from '../../helpers/class-folders.ts'
import { runFlawsmith } from '../../helpers/run-flawsmith.ts'
import { temporaryFolder } from '../../helpers/temporary-folder.ts'

test('the help says which options a command cannot do without', async () => {
  const { stdout } = await runFlawsmith(['classes', 'rename', '--help'], { dataFolder: temporaryFolder() })
  expect(stdout).toMatch(/--by <name>\s+who says so\s+\(required\)/)
  expect(stdout).not.toMatch(/--json.*\(required\)/)
})

test('a report for people gives reasons in words, one for programs gives their names', async () => {
  const folder = temporaryFolder()
  const [project, images, dataFolder] = [join(folder, 'line'), join(folder, 'images'), join(folder, 'data')]
  await drawClassFolders(images, { pit: 4, scratch: 4 })
  mkdirSync(images, { recursive: true })
  writeFileSync(join(images, 'pit', 'notes.png'), 'no picture')
  await runFlawsmith(['init', project, '--size', '16', '--channels', '1'], { dataFolder })
  const { stdout } = await runFlawsmith(['import', project, images], { dataFolder })
  expect(stdout).toMatch(/^ {2}Not an image: 1\n {4}pit\/notes\.png/m)
  expect(stdout).not.toContain('not_an_image')
  const again = await runFlawsmith(['import', project, images, '--json'], { dataFolder })
  expect(again.json()).toMatchObject({
    skipped: expect.arrayContaining([expect.objectContaining({ reason: 'not_an_image' })]) as unknown,
  })
})
