import type { ClassId } from '../../../contract/ids.ts'
import type { RunSummary } from '../../../contract/training.ts'
import { listClasses } from '../../project/storage/classes.ts'
import type { Db } from '../../project/storage/query.ts'
import { learnedClassIndex } from '../../project/storage/runs.ts'
import { findRecipe } from '../../trainer/recipes/registry.ts'
import { placeOfFreeClass } from './plan-transplant.ts'

/** Whether a run would only copy real images of the class at that place: onto these it moves defects. What was declared since changes nothing. */
export const onlyCopies = ({ recipe }: Pick<RunSummary, 'recipe'>, classIndex: number): boolean =>
  classIndex === placeOfFreeClass && findRecipe(recipe).composesFrom === 'marks'

/** The classes of the project, as they are now, of which a run can draw candidates. */
export const drawableClasses = (db: Db, run: Pick<RunSummary, 'id' | 'recipe'>): readonly ClassId[] =>
  listClasses(db).flatMap(({ id }) => {
    const place = learnedClassIndex(db, { runId: run.id, classId: id })
    return place < 0 || onlyCopies(run, place) ? [] : [id]
  })
