import type { ClassId } from '../../../contract/ids.ts'
import type { GateLimits, GateShares, GateState, ScoreName } from '../../../contract/scores.ts'
import { deriveLimits } from '../../metrics/gate/derive-limits.ts'
import { gateCandidate } from '../../metrics/gate/gate-candidate.ts'
import { countReasons, heldOutRate } from '../../metrics/gate/held-out-rate.ts'
import type { Project } from '../open-project.ts'
import { listClassesInUse } from '../storage/classes.ts'
import { readGateShares } from '../storage/gate-shares.ts'
import { parseScores } from '../storage/sample-scores.ts'
import { scoresOfSample } from '../storage/sample-scores.ts'
import { selectAll } from '../storage/query.ts'
import type { Db } from '../storage/query.ts'
import { lastReference, listDifferences, listRealScores } from '../storage/score-references.ts'
import type { RealImageScores } from '../storage/score-references.ts'
import { referenceKey } from './reference-key.ts'

/** Scores of undecided candidates and of real images: what the gate is decided by. */
interface GateData {
  readonly real: readonly RealImageScores[]
  readonly open: readonly OpenSample[]
}

export interface OpenSample {
  readonly id: number
  readonly classId: ClassId
  readonly released: 0 | 1
  readonly values: Readonly<Partial<Record<ScoreName, number>>> | null
}

const listOpen = ({ db, size }: Pick<Project, 'db' | 'size'>): OpenSample[] =>
  selectAll<Omit<OpenSample, 'values'> & { readonly scores: string }>(
    db,
    `SELECT samples.id, COALESCE(c.merged_into, c.id) AS classId, released, ${scoresOfSample} AS scores
     FROM samples JOIN runs r ON r.id = samples.run_id JOIN classes c ON c.id = samples.class_id
     WHERE samples.state = 'pending' AND r.size = :size`,
    { size },
  ).map(({ scores, ...sample }) => ({ ...sample, values: parseScores(scores)?.values ?? null }))

/** The limits of every class that has images to train on, by the shares given or those of the project. */
export function gateLimits(db: Db, shares: GateShares = readGateShares(db)): (classId: ClassId) => GateLimits {
  const train = listRealScores(db).filter(({ fold }) => fold !== null)
  const ofAll = train.map(({ values }) => values)
  const known = new Map<ClassId, GateLimits>()
  return (classId) => {
    let limits = known.get(classId)
    if (limits === undefined) {
      const ofClass = train.flatMap((image) => (image.classId === classId ? [image.values] : []))
      known.set(classId, (limits = deriveLimits({ ofClass, ofAll }, shares)))
    }
    return limits
  }
}

/** What the gate does, or would do with other shares: nothing is changed. */
export function gateState(project: Pick<Project, 'db' | 'size'>, shares?: GateShares): GateState {
  const { db, size } = project
  const used = shares ?? readGateShares(db)
  const reference = lastReference(db)
  const data: GateData = { real: listRealScores(db), open: listOpen(project) }
  const limitsOf = gateLimits(db, used)
  const [counts] = selectAll<{ scored: number; total: number }>(
    db,
    `SELECT COALESCE(SUM(EXISTS (SELECT 1 FROM sample_scores x WHERE x.sample_id = s.id AND x.reference_id = :referenceId)), 0) AS scored,
            COUNT(*) AS total
     FROM samples s JOIN runs r ON r.id = s.run_id WHERE r.size = :size`,
    { size, referenceId: reference?.id ?? null },
  )
  const { scored, total } = counts ?? { scored: 0, total: 0 }
  return {
    shares: used,
    reference:
      reference === null
        ? null
        : {
            madeAt: reference.madeAt,
            train: reference.train,
            val: reference.val,
            folds: reference.folds,
            accuracy: reference.accuracy,
            isCurrent: reference.key === referenceKey(project),
          },
    classes: listClassesInUse(db)
      .filter(({ splits }) => splits.train > 0)
      .map(({ id, name }) => describeClass({ classId: id, className: name, data, limits: limitsOf(id), shares: used })),
    scored,
    unscored: total - scored,
    differences: listDifferences(db),
  }
}

function describeClass({
  classId,
  className,
  data,
  limits,
  shares,
}: {
  readonly classId: ClassId
  readonly className: string
  readonly data: GateData
  readonly limits: GateLimits
  readonly shares: GateShares
}): GateState['classes'][number] {
  const open = data.open.filter((sample) => sample.classId === classId)
  const reasons = open.map(({ values }) => (values === null ? [] : gateCandidate(values, limits)))
  const flagged = open.filter((_, index) => (reasons[index]?.length ?? 0) > 0)
  return {
    classId,
    className,
    real: data.real.filter((image) => image.classId === classId && image.fold !== null).length,
    limits,
    heldOut: heldOutRate(
      data.real.map((image) => ({ values: image.values, label: image.classId, fold: image.fold })),
      { label: classId, shares },
    ),
    open: open.length,
    flagged: flagged.length,
    released: flagged.filter(({ released }) => released === 1).length,
    byReason: countReasons(reasons),
  }
}
