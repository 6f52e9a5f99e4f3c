import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { listChanges } from '../../../../../native-worker/project/dataset/changes/list-changes.ts'
import { settleLabelConflict } from '../../../../../native-worker/project/dataset/changes/settle-label-conflict.ts'
import { undoChanges } from '../../../../../native-worker/project/dataset/changes/undo-changes.ts'
import { importFolder } from '../../../../../native-worker/project/dataset/import-folder.ts'
import type { Project } from '../../../../../native-worker/project/open-project.ts'
import { findBrokenRecord } from '../../../../../native-worker/project/record/find-broken-record.ts'
import { listLabelConflicts } from '../../../../../native-worker/project/storage/label-claims.ts'
import { drawClassFolders } from '../../../../helpers/class-folders.ts'
import { temporaryFolder } from '../../../../helpers/temporary-folder.ts'
import { testImagesClient } from '../../../../helpers/test-images-client.ts'
import { testProject } from '../../../../helpers/test-project.ts'

const by = 'Ann'

/** The same file as scratch and as pit; of one import, or of two. */
async function dispute(project: Project, { imports }: { readonly imports: 1 | 2 }): Promise<void> {
  const folder = join(temporaryFolder(), 'images')
  await drawClassFolders(folder, { scratch: 4, pit: 3 })
  const take = () => importFolder({ project, folder, fit: 'crop', images: testImagesClient() })
  if (imports === 2) await take()
  copyFileSync(join(folder, 'scratch', 'scratch_1.png'), join(folder, 'pit', 'again.png'))
  await take()
}

test.each([
  { imports: 1, className: 'pit' },
  { imports: 1, className: null },
  { imports: 2, className: 'scratch' },
  { imports: 2, className: 'pit' },
  { imports: 2, className: null },
] as const)('of $imports imports, settled as $className: taken back, the conflict is open again', async (wish) => {
  const project = testProject()
  await dispute(project, wish)
  const before = listLabelConflicts(project.db)
  const [conflict] = before
  if (conflict === undefined) throw new Error('there is no conflict')
  const { imageId } = conflict
  const settled = settleLabelConflict(project.db, { imageId, className: wish.className, by })
  expect(settled).toMatchObject({ images: 1 })
  expect(listLabelConflicts(project.db)).toEqual([])
  expect(listChanges(project.db, { offset: 0, limit: 1 }).items).toMatchObject([{ kind: 'settle-conflict', images: 1 }])

  const undone = undoChanges(project.db, { by, batch: settled.batch ?? 0 })
  expect(listLabelConflicts(project.db)).toEqual(before)
  expect(listChanges(project.db, { offset: 0, limit: 1 }).items).toMatchObject([{ undoes: settled.batch }])
  const again = undoChanges(project.db, { by, batch: undone.batch ?? 0 })
  expect(listLabelConflicts(project.db)).toEqual([])
  undoChanges(project.db, { by, batch: again.batch ?? 0 })
  // What is open can be decided otherwise, and that can be taken back in turn.
  const other = settleLabelConflict(project.db, { imageId, className: 'scratch', by })
  undoChanges(project.db, { by, batch: other.batch ?? 0 })
  expect(listLabelConflicts(project.db)).toEqual(before)
  expect(findBrokenRecord(project.db)).toEqual([])
})
