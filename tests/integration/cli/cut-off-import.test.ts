import { join } from 'node:path'
import { expect, test } from 'vitest'
import { connect } from '../../../native-worker/project/storage/connect.ts'
import { selectRow } from '../../../native-worker/project/storage/query.ts'
import { drawClassFolders } from '../../helpers/class-folders.ts'
import { runFlawsmith, startFlawsmith } from '../../helpers/run-flawsmith.ts'
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

  const killed = startFlawsmith(['import', project, images], { dataFolder })
  const done = await firstBatch(project)
  killed.kill('SIGKILL')
  await killed.result
  expect(done).toBeGreaterThan(0)

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

/** Waits until something is recorded, which is long before everything is. */
async function firstBatch(project: string): Promise<number> {
  const db = connect(join(project, 'flawsmith.sqlite'), { sqliteBinding: null, readonly: true })
  try {
    for (;;) {
      const { done } = selectRow<{ done: number }>(
        db,
        'SELECT COALESCE(MAX(files_done), 0) AS done FROM imports WHERE finished_at IS NULL',
      )
      if (done > 0) return done
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  } finally {
    db.close()
  }
}
