import { FlawsmithError } from '../../../contract/errors.ts'
import type { ImageId } from '../../../contract/ids.ts'
import type { MarkAnswer } from '../../../contract/marks.ts'
import { insertAnswers, lastStandingBatch } from '../storage/marks.ts'
import { inTransaction, selectOne } from '../storage/query.ts'
import type { Db } from '../storage/query.ts'

/**
 * Takes back the last answer of a person that stands, or the last import of marks, and may be repeated. Nothing is erased: the undo is
 * one more row. Gives the images concerned. Throws `nothing_to_undo`.
 */
export const undoAnswer = (
  db: Db,
  { by, source }: { readonly by: string; readonly source: 'hand' | 'import' },
): readonly ImageId[] =>
  inTransaction(db, () => {
    const taken = lastStandingBatch(db, { by, source })
    if (taken.length === 0)
      throw new FlawsmithError(
        'nothing_to_undo',
        source === 'hand' ? `${by} has no mark left to undo.` : `${by} has no import of marks left to undo.`,
        { by },
      )
    insertAnswers(db, {
      answers: taken.map(({ id, imageId }) => ({
        imageId,
        answer: answerBefore(db, { id, imageId }),
        marks: [],
        undoes: id,
      })),
      by,
      source,
    })
    return taken.map(({ imageId }) => imageId)
  })

/** What stands about the image without that answer. */
const answerBefore = (db: Db, { id, imageId }: { readonly id: number; readonly imageId: ImageId }): MarkAnswer =>
  selectOne<{ answer: MarkAnswer }>(
    db,
    `SELECT a.answer FROM mark_answers a WHERE a.image_id = :imageId AND a.undoes IS NULL AND a.id <> :id
       AND NOT EXISTS (SELECT 1 FROM mark_answers u WHERE u.undoes = a.id) ORDER BY a.id DESC LIMIT 1`,
    { id, imageId },
  )?.answer ?? 'open'
