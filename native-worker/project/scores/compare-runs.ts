import type { ClassId, RunId } from '../../../contract/ids.ts'
import type { ComparedRun, RunComparison } from '../../../contract/run-comparison.ts'
import type { RecipeId } from '../../../contract/training.ts'
import type { Project } from '../open-project.ts'
import { selectAll } from '../storage/query.ts'
import { listFigures } from '../storage/run-figures.ts'
import { lastReference, listDifferences } from '../storage/score-references.ts'
import { referenceKey } from './reference-key.ts'

/** Runs with candidates of the project's size, class by class, beside each other; the newest run first. */
export function compareRuns(project: Pick<Project, 'db' | 'size'>): RunComparison {
  const { db, size } = project
  const isCurrent = lastReference(db)?.key === referenceKey(project)
  const [figures, differences] = isCurrent ? [listFigures(db), listDifferences(db)] : [[], []]
  const rows = selectAll<
    Pick<ComparedRun, 'className' | 'steps' | 'seconds' | 'candidates' | 'accepted' | 'rejected'> & {
      readonly runId: RunId
      readonly classId: ClassId
      readonly recipe: RecipeId
    }
  >(
    db,
    `SELECT r.id AS runId, r.recipe, COALESCE(k.step, r.step) AS steps, COALESCE(k.seconds, r.seconds) AS seconds, c.id AS classId, c.name AS className,
            COUNT(*) AS candidates, SUM(s.state = 'accepted') AS accepted, SUM(s.state = 'rejected') AS rejected
     FROM samples s JOIN runs r ON r.id = s.run_id JOIN classes d ON d.id = s.class_id
       JOIN classes c ON c.id = COALESCE(d.merged_into, d.id)
       LEFT JOIN checkpoints k ON k.id = (SELECT MAX(n.id) FROM checkpoints n WHERE n.run_id = r.id)
     WHERE r.size = :size AND c.state = 'active' AND c.left_out = 0
     GROUP BY r.id, c.id ORDER BY r.id DESC, c.id`,
    { size },
  )
  return {
    isCurrent,
    runs: rows.map((row): ComparedRun => {
      const isSame = (other: { readonly runId: RunId; readonly classId: ClassId }): boolean =>
        other.runId === row.runId && other.classId === row.classId
      const figure = (name: 'kid' | 'coverage') => figures.find((each) => isSame(each) && each.name === name) ?? null
      return {
        ...row,
        kid: figure('kid'),
        coverage: figure('coverage'),
        difference: differences.find(isSame) ?? null,
      }
    }),
  }
}
