import { join } from 'node:path'
import { connect } from '../../native-worker/project/storage/connect.ts'
import { selectRow } from '../../native-worker/project/storage/query.ts'
import { startFlawsmith } from './run-flawsmith.ts'

/** Imports a folder of some hundred files through the command line, and kills it when its first batch is recorded. */
export async function killImport(
  folder: string,
  { project, dataFolder }: { readonly project: string; readonly dataFolder: string },
): Promise<void> {
  const killed = startFlawsmith(['import', project, folder], { dataFolder })
  const db = connect(join(project, 'flawsmith.sqlite'), { sqliteBinding: null, readonly: true })
  try {
    while (
      selectRow<{ done: number }>(
        db,
        'SELECT COALESCE(MAX(files_done), 0) AS done FROM imports WHERE finished_at IS NULL',
      ).done === 0
    )
      await new Promise((resolve) => setTimeout(resolve, 5))
  } finally {
    db.close()
    killed.kill('SIGKILL')
  }
  await killed.result
}
