import type { ChangeOutcome } from '../../../contract/changes.ts'
import { FlawsmithError } from '../../../contract/errors.ts'
import { listChanges } from '../../project/dataset/changes/list-changes.ts'
import { undoChanges } from '../../project/dataset/changes/undo-changes.ts'
import { undoImport } from '../../project/dataset/changes/undo-import.ts'
import { listImports } from '../../project/storage/list-imports.ts'
import type { Db } from '../../project/storage/query.ts'
import { makeChange } from '../make-change.ts'
import type { ServiceContext } from '../service-context.ts'
import type { Handlers, VerbsOf } from './handlers.ts'

/** What was done to a data set, import by import and change by change, and how it is taken back. */
export function changeHandlers(context: ServiceContext): Handlers<VerbsOf<'changes'> | VerbsOf<'imports'>> {
  const { project, jobs } = context
  const change = (work: (db: Db) => ChangeOutcome): ChangeOutcome =>
    makeChange(context, (db) => {
      // What an import brings while it is being taken back would stay.
      if (jobs.active().some(({ kind }) => kind === 'dataset.import'))
        throw new FlawsmithError(
          'import_active',
          'Images are being imported. Wait for the import to end, or cancel it.',
        )
      return work(db)
    })
  return {
    'changes.list': (input) => listChanges(project.require().db, input),
    'changes.undo': (input) => change((db) => undoChanges(db, input)),
    'imports.list': () =>
      listImports(project.require().db, {
        isImporting: jobs.active().some(({ kind }) => kind === 'dataset.import' || kind === 'frames.cut'),
      }),
    'imports.undo': (input) => change((db) => undoImport(db, input)),
  }
}
