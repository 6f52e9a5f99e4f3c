import { join } from 'node:path'
import { expect, test } from 'vitest'
import { drawClassFolders } from '../../helpers/class-folders.ts'
import { killImport } from '../../helpers/kill-import.ts'
import { runFlawsmith } from '../../helpers/run-flawsmith.ts'
import type { CommandResult } from '../../helpers/run-flawsmith.ts'
import { temporaryFolder } from '../../helpers/temporary-folder.ts'

const files = 600

test('an import that was killed is told as cut off, by the list and before a training, until the folder is imported whole', async () => {
  const folder = temporaryFolder()
  const [project, images, dataFolder] = [join(folder, 'line'), join(folder, 'images'), join(folder, 'data')]
  const flawsmith = (...args: readonly string[]): Promise<CommandResult> => runFlawsmith(args, { dataFolder })
  const train = (): Promise<CommandResult> =>
    flawsmith('train', project, '--recipe', 'procedural', '--class', 'pit', '--engine', 'cpu', '--json')
  const sentence =
    /The import of .*images was cut off after \d+ of 600 files: importing the folder again completes it\./
  await drawClassFolders(images, { pit: 40, scratch: files - 40 })
  await flawsmith('init', project, '--size', '16', '--channels', '1')

  await killImport(images, { project, dataFolder })

  const listed = await flawsmith('imports', 'list', project)
  expect(listed.stdout).toMatch(/interrupted: \d+ of 600 files/)
  expect((await flawsmith('imports', 'list', project, '--json')).json()).toMatchObject({
    imports: [{ id: 1, state: 'interrupted', files }],
  })
  expect((await train()).stderr).toMatch(sentence)

  expect((await flawsmith('import', project, images)).code).toBe(0)
  expect((await flawsmith('imports', 'list', project, '--json')).json()).toMatchObject({
    imports: [
      { id: 2, state: 'finished', files, filesDone: files },
      { id: 1, state: 'completed', files },
    ],
  })
  expect((await train()).stderr).not.toMatch(sentence)
})
