import type { ScoreTask, TrainerReport } from '../../../contract/trainer.ts'
import type { Engine } from '../engines/engine.ts'
import { compareRuns, evaluateRuns, groupByRun } from '../scoring/compare-runs.ts'
import { completeFeatures } from '../scoring/complete-features.ts'
import type { Score } from '../scoring/score.ts'
import { FeatureScores } from '../scoring/score-features.ts'
import { PicturesOfClass } from '../scoring/score-pictures.ts'
import type { Item, ItemSet, ScoreSets } from '../scoring/score-set.ts'
import { closeScoreSets, openScoreSets } from '../scoring/score-set.ts'

/** Pictures scored, reported and so recorded at once. */
const chunk = 256

interface ScoredItem {
  readonly item: Item
  readonly scores: readonly Score[]
}

/**
 * Compares candidates with the real images of the train split: features first, by a fixed random network and by networks that learn the
 * classes, each of a picture once; then scores, of the real images where these are not known yet, and of the new candidates; then runs.
 */
export async function runScoreTask(
  task: ScoreTask,
  { engine, report }: { readonly engine: Engine; readonly report: (report: TrainerReport) => void },
): Promise<void> {
  const began = performance.now()
  const sets = openScoreSets(task)
  try {
    const { random, domain } = await completeFeatures(task, { sets, engine, report })
    const { classCount } = task
    const features = new FeatureScores({ random, domain, real: sets.train.items, classCount })
    const isNew = ({ index }: Item): boolean => task.candidates.pictures[index]?.isNew === true
    const wanted = { ...sets.candidates, items: sets.candidates.items.filter(isNew) }
    const realSets: readonly ItemSet[] = task.realIsKnown ? [] : [sets.train, sets.val]
    const total = [...realSets, wanted].reduce((sum, { items }) => sum + items.length, 0)
    let done = 0
    const scoreSet = (set: ItemSet, onScored: (scored: readonly ScoredItem[]) => void): void => {
      scoreByClass(set, { sets, engine, features }, (scored) => {
        onScored(scored)
        done += scored.length
        report({ kind: 'stageProgressed', stage: 'comparing', done, total })
      })
    }
    if (!task.realIsKnown) reportReal(sets, { scoreSet, report })
    scoreSet(wanted, (scored) => {
      report({ kind: 'candidatesScored', candidates: scored.map(asReported) })
    })
    const runs = groupByRun(
      sets.train.items,
      sets.candidates.items,
      (index) => task.candidates.pictures[index]?.run ?? 0,
    )
    report({ kind: 'runsCompared', runs: [...compareRuns(runs, features)] })
    if (task.figures)
      report({ kind: 'figuresMeasured', figures: [...evaluateRuns(runs, { features, val: sets.val.items })] })
  } finally {
    closeScoreSets(sets)
  }
  report({ kind: 'ended', reason: 'done', step: 0, seconds: (performance.now() - began) / 1000 })
}

/** Class by class: the pictures of the largest class fit into memory more easily than those of all. */
function scoreByClass(
  { items, packed }: ItemSet,
  { sets, engine, features }: { readonly sets: ScoreSets; readonly engine: Engine; readonly features: FeatureScores },
  onScored: (scored: readonly ScoredItem[]) => void,
): void {
  for (const label of new Set(items.map((item) => item.label))) {
    const real = sets.train.items.filter((item) => item.label === label)
    const ofClass = items.filter((item) => item.label === label)
    if (real.length === 0) continue
    const pictures = new PicturesOfClass(engine, {
      packed: sets.train.packed,
      real: real.map(({ place, index, group }) => ({ place: place ?? 0, index, group })),
    })
    for (let start = 0; start < ofClass.length; start += chunk) {
      const some = ofClass.slice(start, start + chunk)
      const byPixels = pictures.score(
        some.map(({ place, group }) => ({ place: place ?? 0, group })),
        packed,
      )
      const byFeatures = features.score(some, label)
      onScored(some.map((item, at) => ({ item, scores: [...(byPixels[at] ?? []), ...(byFeatures[at] ?? [])] })))
    }
    pictures.dispose()
  }
}

function reportReal(
  { train, val }: ScoreSets,
  {
    scoreSet,
    report,
  }: {
    readonly scoreSet: (set: ItemSet, onScored: (scored: readonly ScoredItem[]) => void) => void
    readonly report: (report: TrainerReport) => void
  },
): void {
  const scored: { readonly train: ScoredItem[]; readonly val: ScoredItem[] } = { train: [], val: [] }
  scoreSet(train, (some) => scored.train.push(...some))
  scoreSet(val, (some) => scored.val.push(...some))
  const named = scored.train.flatMap(({ item, scores }) =>
    scores.flatMap(({ name, namedLabel }) => (name === 'classAgreement' ? [namedLabel === item.label] : [])),
  )
  report({
    kind: 'realScored',
    folds: new Set(train.items.map(({ fold }) => fold)).size,
    accuracy: named.length === 0 ? null : named.filter(Boolean).length / named.length,
    train: scored.train.map((each) => ({ ...asReported(each), fold: each.item.fold ?? 0 })),
    val: scored.val.map(asReported),
  })
}

const asReported = ({ item, scores }: ScoredItem) => ({ index: item.index, scores: [...scores] })
