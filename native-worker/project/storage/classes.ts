import type { ClassSummary, DatasetSummary } from '../../../contract/dataset.ts'
import { assertClassName } from '../../../contract/class-name.ts'
import { FlawsmithError } from '../../../contract/errors.ts'
import type { ClassId } from '../../../contract/ids.ts'
import { SampleState } from '../../../contract/samples.ts'
import { Split, type SplitCounts } from '../../../contract/splits.ts'
import { readGroupState } from './groups.ts'
import type { Change } from '../dataset/changes/change.ts'
import { changeDataset } from '../dataset/changes/change-dataset.ts'
import { execute, inTransaction, selectAll, selectOne, selectRow } from './query.ts'
import type { Db } from './query.ts'
import { recordRow } from './record.ts'
import { readSplits } from './splits.ts'

/** Stands for the person in the log where an import brings a class back. */
export const importer = 'import'

const imagesIn = (split?: Split): string =>
  `(SELECT COUNT(*) FROM images i
     WHERE i.class_id = c.id AND i.state = 'active'${split === undefined ? '' : ` AND i.split = '${split}'`})`

/**
 * Candidates of classes that were merged into this one count as its own. Accepted are those that an export could take: of runs that
 * learned at the size the project has now.
 */
const samplesIn = (state: SampleState): string =>
  `(SELECT COUNT(*) FROM samples s
     WHERE s.class_id IN (SELECT m.id FROM classes m WHERE m.id = c.id OR m.merged_into = c.id) AND s.state = '${state}') AS ${state}`

/** As the index over them says it. */
const isHeldBack = "s.gate IS NOT NULL AND s.released = 0 AND s.state = 'pending'"

/** Images that belong to no group count as one part each: only the others have to be looked at. */
const partsOf = (images: string, side: string): string =>
  `${images} - COALESCE(g.${side}Images, 0) + COALESCE(g.${side}Groups, 0)`

const summaries = `
  WITH grouped AS MATERIALIZED (
    SELECT class_id, COUNT(*) AS allImages, COUNT(DISTINCT group_id) AS allGroups,
           COUNT(*) FILTER (WHERE split = 'train') AS trainImages,
           COUNT(DISTINCT group_id) FILTER (WHERE split = 'train') AS trainGroups
    FROM images INDEXED BY images_by_group WHERE group_id IS NOT NULL AND state = 'active' GROUP BY class_id)
  SELECT c.id, c.name, c.left_out AS leftOut, c.free_of_defects AS freeOfDefects,
    ${imagesIn()} AS images,
    ${partsOf(imagesIn(), 'all')} AS parts,
    ${partsOf(imagesIn('train'), 'train')} AS trainingParts,
    (SELECT COUNT(*) FROM images i WHERE i.class_id = c.id AND i.state = 'excluded') AS excluded,
    ${Split.options.map((split) => `${imagesIn(split)} AS ${split}`).join(',\n    ')},
    ${SampleState.options.map(samplesIn).join(',\n    ')},
    (SELECT COUNT(*) FROM samples s
     WHERE s.class_id IN (SELECT m.id FROM classes m WHERE m.id = c.id OR m.merged_into = c.id) AND ${isHeldBack}) AS quarantined,
    -- From the runs, of which there is none as long as the project keeps its size.
    (SELECT COUNT(*) FROM runs r CROSS JOIN samples s ON s.run_id = r.id
     WHERE r.size <> (SELECT size FROM project) AND s.state = 'accepted'
       AND s.class_id IN (SELECT m.id FROM classes m WHERE m.id = c.id OR m.merged_into = c.id)) AS otherSize
  FROM classes c LEFT JOIN grouped g ON g.class_id = c.id`

interface SummaryRow extends Omit<ClassSummary, 'splits' | 'parts' | 'leftOut' | 'freeOfDefects'>, SplitCounts {
  readonly leftOut: 0 | 1
  readonly otherSize: number
  readonly freeOfDefects: 0 | 1
  readonly parts: number
  readonly trainingParts: number
}

const asSummary = ({
  train,
  val,
  test,
  leftOut,
  freeOfDefects,
  parts,
  trainingParts,
  otherSize,
  ...rest
}: SummaryRow): ClassSummary => ({
  ...rest,
  pending: rest.pending - rest.quarantined,
  accepted: rest.accepted - otherSize,
  leftOut: leftOut === 1,
  freeOfDefects: freeOfDefects === 1,
  splits: { train, val, test },
  parts: { all: parts, train: trainingParts },
})

/** By size, the largest first: the order in which an imbalance is read. */
export const listClasses = (db: Db): ClassSummary[] =>
  selectAll<SummaryRow>(db, `${summaries} WHERE c.state = 'active' ORDER BY images DESC, c.name`).map(asSummary)

/** Those of `listClasses` that train and are exported. */
export const listClassesInUse = (db: Db): ClassSummary[] => listClasses(db).filter(({ leftOut }) => !leftOut)

/** How many classes there are to learn from: in use, and not empty. */
export const countClassesToLearn = (db: Db): number =>
  selectRow<{ classes: number }>(
    db,
    `SELECT COUNT(*) AS classes FROM classes c
     WHERE c.state = 'active' AND c.left_out = 0
       AND EXISTS (SELECT 1 FROM images i WHERE i.class_id = c.id AND i.state = 'active')`,
  ).classes

/** Throws `class_not_found`, and `class_removed` for one that is there no more. */
export function getClass(db: Db, classId: ClassId): ClassSummary {
  const found = selectOne<SummaryRow>(db, `${summaries} WHERE c.id = :classId AND c.state = 'active'`, { classId })
  if (found !== undefined) return asSummary(found)
  const removed = selectOne<{ name: string; into: string | null }>(
    db,
    `SELECT c.name, b.name AS "into" FROM classes c LEFT JOIN classes b ON b.id = c.merged_into WHERE c.id = :classId`,
    { classId },
  )
  if (removed === undefined) throw new FlawsmithError('class_not_found', `There is no class ${classId}.`, { classId })
  const { name, into } = removed
  throw new FlawsmithError(
    'class_removed',
    into === null
      ? `The class “${name}” was removed. Undo that, or choose another class.`
      : `The class “${name}” was merged into “${into}”. Choose that one.`,
    { class: name, ...(into === null ? {} : { mergedInto: into }) },
  )
}

export function getClassByName(db: Db, name: string): ClassSummary {
  const found = selectOne<SummaryRow>(db, `${summaries} WHERE c.name = :name AND c.state = 'active'`, { name })
  if (found !== undefined) return asSummary(found)
  const known = listClasses(db).map((each) => each.name)
  throw new FlawsmithError(
    'class_not_found',
    `There is no class "${name}". ${known.length === 0 ? 'Import images first.' : `Known classes: ${known.join(', ')}.`}`,
    { name },
  )
}

/** What becomes of images that come under a name. */
export interface ClassOfName {
  /** The class that bore the name last. */
  readonly namedId: ClassId
  /** The class that its images belong to now: another one where it was merged. */
  readonly classId: ClassId
  /** What that one is called now. */
  readonly className: string
}

/**
 * The class of a name, also of one that was given up: a class that was renamed or merged takes what comes under its old name. Undefined where
 * there is none.
 */
export const findClassOfName = (db: Db, name: string): ClassOfName | undefined =>
  selectOne(
    db,
    `SELECT n.id AS namedId, c.id AS classId, c.name AS className
     FROM classes n JOIN classes c ON c.id = COALESCE(n.merged_into, n.id)
     WHERE c.state = 'active' AND n.id = COALESCE(
       (SELECT id FROM classes WHERE name = :name),
       (SELECT k.id FROM classes k CROSS JOIN dataset_changes d ON d.class_id = k.id
        WHERE d.before ->> 'name' = :name AND (k.state = 'active' OR k.merged_into IS NOT NULL) ORDER BY d.id DESC LIMIT 1))`,
    { name },
  )

/** As `findClassOfName`; a class that was removed is there again, and one of which nothing is known is made. Throws what `assertClassName` throws. */
export function ensureClassOfName(db: Db, name: string): ClassOfName {
  const known = findClassOfName(db, name)
  if (known !== undefined) return known
  const removed = selectOne<{ id: ClassId }>(db, 'SELECT id FROM classes WHERE name = :name', { name })
  if (removed !== undefined) {
    const change: Change = { kind: 'revive-class', classId: removed.id, after: { state: 'active' } }
    changeDataset(db, { by: importer, changes: [change] })
    return { namedId: removed.id, classId: removed.id, className: name }
  }
  assertClassName(name)
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
    return { namedId: id as ClassId, classId: id as ClassId, className: name }
  })
}

/** The id of the class that takes images of that name, as `ensureClassOfName` finds it. */
export const ensureClass = (db: Db, name: string): ClassId => ensureClassOfName(db, name).classId

export function summarizeDataset(db: Db): DatasetSummary {
  const classes = listClasses(db)
  const training = classes
    .filter(({ leftOut }) => !leftOut)
    .map(({ splits }) => splits.train)
    .filter((images) => images > 0)
  return {
    classes,
    images: classes.reduce((sum, { images }) => sum + images, 0),
    split: readSplits(db),
    groups: readGroupState(db),
    imbalanceRatio: training.length === 0 ? null : Math.max(...training) / Math.min(...training),
  }
}
