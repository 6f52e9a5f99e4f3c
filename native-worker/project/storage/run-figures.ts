import { FigureName, type Figure } from '../../../contract/scores.ts'
import { execute, inTransaction, selectAll } from './query.ts'
import type { Db } from './query.ts'

/** In place of those that were kept of the same runs and classes. */
export const storeFigures = (
  db: Db,
  { figures, referenceId }: { readonly figures: readonly Figure[]; readonly referenceId: number },
): void =>
  inTransaction(db, () => {
    for (const figure of figures)
      execute(
        db,
        `INSERT INTO run_figures (run_id, class_id, reference_id, name, value, floor, real_images, synthetic_images, needed)
         VALUES (:runId, :classId, :referenceId, :name, :value, :floor, :real, :synthetic, :needed)
         ON CONFLICT (run_id, class_id, name) DO UPDATE SET reference_id = :referenceId, value = :value, floor = :floor,
           real_images = :real, synthetic_images = :synthetic, needed = :needed`,
        { ...figure, referenceId },
      )
  })

/** Against the last reference. */
export const listFigures = (db: Db): readonly Figure[] =>
  selectAll<Omit<Figure, 'name'> & { readonly name: string }>(
    db,
    `SELECT run_id AS runId, class_id AS classId, name, value, floor, real_images AS real,
            synthetic_images AS synthetic, needed
     FROM run_figures WHERE reference_id = (SELECT MAX(id) FROM score_references) ORDER BY run_id, class_id, name`,
  ).flatMap((row) => {
    const name = FigureName.options.find((each) => each === row.name)
    return name === undefined ? [] : { ...row, name }
  })
