import type { ClassSummary, DatasetSummary } from '../../../contract/dataset.ts'
import { FlawsmithError } from '../../../contract/errors.ts'
import type { ClassId } from '../../../contract/ids.ts'
import { Split, type SplitCounts } from '../../../contract/splits.ts'
import { readGroupState } from './groups.ts'
import { execute, inTransaction, selectAll, selectOne } from './query.ts'
import type { Db } from './query.ts'
import { recordRow } from './record.ts'
import { readSplits } from './splits.ts'

const inSplit = (split: Split): string =>
  `(SELECT COUNT(*) FROM images i WHERE i.class_id = c.id AND i.state = 'active' AND i.split = '${split}') AS ${split}`

/** Images that belong to no group count as one each. */
const partsOf =
  "COUNT(DISTINCT COALESCE(i.group_id, -i.id)) FROM images i WHERE i.class_id = c.id AND i.state = 'active'"

const summaries = `
  SELECT c.id, c.name,
    (SELECT COUNT(*) FROM images i WHERE i.class_id = c.id AND i.state = 'active') AS images,
    (SELECT ${partsOf}) AS parts,
    (SELECT ${partsOf} AND i.split = 'train') AS trainingParts,
    ${Split.options.map(inSplit).join(',\n    ')},
    (SELECT COUNT(*) FROM samples s WHERE s.class_id = c.id AND s.state = 'pending') AS pending,
    (SELECT COUNT(*) FROM samples s WHERE s.class_id = c.id AND s.state = 'accepted') AS accepted,
    (SELECT COUNT(*) FROM samples s WHERE s.class_id = c.id AND s.state = 'rejected') AS rejected
  FROM classes c`

type SummaryRow = Omit<ClassSummary, 'splits' | 'parts'> &
  SplitCounts & { readonly parts: number; readonly trainingParts: number }

const asSummary = ({ train, val, test, parts, trainingParts, ...rest }: SummaryRow): ClassSummary => ({
  ...rest,
  splits: { train, val, test },
  parts: { all: parts, train: trainingParts },
})

/** By size, the largest first: the order in which an imbalance is read. */
export const listClasses = (db: Db): ClassSummary[] =>
  selectAll<SummaryRow>(db, `${summaries} WHERE c.state = 'active' ORDER BY images DESC, c.name`).map(asSummary)

export function getClass(db: Db, classId: ClassId): ClassSummary {
  const found = selectOne<SummaryRow>(db, `${summaries} WHERE c.id = :classId`, { classId })
  if (found === undefined) throw new FlawsmithError('class_not_found', `There is no class ${classId}.`, { classId })
  return asSummary(found)
}

export function getClassByName(db: Db, name: string): ClassSummary {
  const found = selectOne<SummaryRow>(db, `${summaries} WHERE c.name = :name`, { name })
  if (found !== undefined) return asSummary(found)
  const known = listClasses(db).map((each) => each.name)
  throw new FlawsmithError(
    'class_not_found',
    `There is no class "${name}". ${known.length === 0 ? 'Import images first.' : `Known classes: ${known.join(', ')}.`}`,
    { name },
  )
}

/** The id of the class of that name, made when there is none. */
export function ensureClass(db: Db, name: string): ClassId {
  const found = selectOne<{ id: ClassId }>(db, 'SELECT id FROM classes WHERE name = :name', { name })
  if (found !== undefined) return found.id
  return inTransaction(db, () => {
    const { id } = execute(
      db,
      'INSERT INTO classes (name, imported_name, created_at) VALUES (:name, :name, :createdAt)',
      {
        name,
        createdAt: new Date().toISOString(),
      },
    )
    recordRow(db, 'classes', id)
    return id as ClassId
  })
}

export function summarizeDataset(db: Db): DatasetSummary {
  const classes = listClasses(db)
  const training = classes.map(({ splits }) => splits.train).filter((images) => images > 0)
  return {
    classes,
    images: classes.reduce((sum, { images }) => sum + images, 0),
    split: readSplits(db),
    groups: readGroupState(db),
    imbalanceRatio: training.length === 0 ? null : Math.max(...training) / Math.min(...training),
  }
}
