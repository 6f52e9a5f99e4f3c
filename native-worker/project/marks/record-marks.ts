import type { MarksImportReport } from '../../../contract/marks.ts'
import { withStorageFailures } from '../../files/storage-failure.ts'
import type { Project } from '../open-project.ts'
import { insertAnswers, standingAnswer } from '../storage/marks.ts'
import type { NewAnswer } from '../storage/marks.ts'
import { inTransaction } from '../storage/query.ts'
import { MarkRefused } from './formats/parsed-marks.ts'
import type { GatheredMarks } from './gathered-marks.ts'

/** In one transaction, which can be taken back as one. Images that were answered before keep their answer unless it is to be replaced. */
export function recordMarks(
  {
    project: { db, folder },
    by,
    replace,
  }: { readonly project: Project; readonly by: string; readonly replace: boolean },
  gathered: GatheredMarks,
): Pick<MarksImportReport, 'images' | 'marks' | 'unchanged'> {
  const answers: NewAnswer[] = []
  let unchanged = 0
  for (const [imageId, { path, marks }] of gathered.byImage) {
    const before = standingAnswer(db, imageId)
    if (JSON.stringify(before.marks.map(({ shape }) => shape)) === JSON.stringify(marks.map(({ shape }) => shape)))
      unchanged++
    else if (before.answer !== 'open' && !replace)
      gathered.refuse(path, new MarkRefused('already_marked', `${before.marks.length} marks: kept`))
    else answers.push({ imageId, answer: 'marked', marks, undoes: null })
  }
  withStorageFailures(folder, () => inTransaction(db, () => insertAnswers(db, { answers, by, source: 'import' })))
  return { images: answers.length, marks: answers.reduce((sum, { marks }) => sum + marks.length, 0), unchanged }
}
