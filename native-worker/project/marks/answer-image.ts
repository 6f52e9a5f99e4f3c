import { FlawsmithError } from '../../../contract/errors.ts'
import { maskOf, problemOf, stretchesOf } from '../../../contract/mark-shapes.ts'
import type { Mark, MarkableImage, MarkShape } from '../../../contract/marks.ts'
import type { MarksAnswer } from '../../../contract/marks.ts'
import { getMarkableImage, insertAnswers } from '../storage/marks.ts'
import { inTransaction } from '../storage/query.ts'
import type { Db } from '../storage/query.ts'

/**
 * Says where the defects of an image lie, all of them at once, that none can be seen, or that it is open again. Durable when it
 * returns. Throws `image_not_found`, `mark_outside`, `mark_empty`, `mark_covers_image`, `invalid_request`.
 */
export const answerImage = (db: Db, { imageId, answer, marks, by }: MarksAnswer): MarkableImage =>
  inTransaction(db, () => {
    const image = getMarkableImage(db, imageId)
    if ((answer === 'marked') !== marks.length > 0)
      throw new FlawsmithError(
        'invalid_request',
        `The answer “${answer}” does not go with ${marks.length} marks: “marked” has some, any other has none.`,
        { answer, marks: marks.length },
      )
    for (const { shape } of marks) refuseWrong(shape, image)
    insertAnswers(db, {
      answers: [{ imageId, answer, marks: marks.map(tightened), undoes: null }],
      by,
      source: 'hand',
    })
    return getMarkableImage(db, imageId)
  })

/** A mask in the smallest rectangle around it. */
export function tightened(mark: Mark): Mark {
  const shape = mark.shape.kind === 'mask' ? maskOf(stretchesOf(mark.shape)) : mark.shape
  return shape === null ? mark : { ...mark, shape }
}

const codes = { outside: 'mark_outside', empty: 'mark_empty', covers_image: 'mark_covers_image' } as const
const sentences = {
  outside: 'reaches out of the image',
  empty: 'holds no pixel',
  covers_image: 'covers the whole image, which says nothing about where the defect lies',
} as const

function refuseWrong(shape: MarkShape, { sourcePath, sourceWidth, sourceHeight }: MarkableImage): void {
  const problem = problemOf(shape, { width: sourceWidth, height: sourceHeight })
  if (problem === null) return
  if (problem === 'runs')
    throw new FlawsmithError('invalid_request', `The runs of a mask on ${sourcePath} do not fit into its rectangle.`, {
      sourcePath,
    })
  throw new FlawsmithError(
    codes[problem],
    `The mark ${describeShape(shape)} on ${sourcePath} (${sourceWidth} × ${sourceHeight} pixels) ${sentences[problem]}. Draw it again.`,
    { mark: describeShape(shape), image: sourcePath, width: sourceWidth, height: sourceHeight },
  )
}

export const describeShape = ({ x, y, width, height }: MarkShape): string => `${width} × ${height} at ${x}, ${y}`
