import type { ClassFigure, FigureName } from '../../contract/scores.ts'
import type { RandomStream } from '../random/random-stream.ts'
import { measureAuthenticity } from './authenticity.ts'
import { compareNeighbourhoods } from './compare-neighbourhoods.ts'
import { measureDataCopying } from './data-copying.ts'
import { pairDiversity } from './diversity.ts'
import { drawFolds } from './draw-folds.ts'
import { drawRows } from './draw-rows.ts'
import { selectRows, type FeatureMatrix } from './feature-matrix.ts'
import { kernelDistance } from './kernel-distance.ts'
import { twoSampleAccuracy } from './two-sample-accuracy.ts'

const fewestImages = 30
const fewestHeldOut = 20
/** Larger sets cost more than they tell. */
const mostOfASide = 500

/**
 * Figures about the synthetic images of a class, each beside what real images give in their place: one half of the train images, groups
 * whole, against the other; held-out ones where the figure is about copying. All in one space of features, scaled by the real images.
 */
export function evaluateClass({
  train,
  groups,
  heldOut,
  synthetic: all,
  random,
}: {
  readonly train: FeatureMatrix
  readonly groups: readonly number[]
  readonly heldOut: FeatureMatrix
  readonly synthetic: FeatureMatrix
  readonly random: RandomStream
}): readonly ClassFigure[] {
  const some = drawRows(random, { rows: train.rows, count: Math.min(train.rows, mostOfASide) })
  const real = selectRows(train, some)
  const synthetic = selectRows(all, drawRows(random, { rows: all.rows, count: Math.min(all.rows, mostOfASide) }))
  const isEnough = Math.min(real.rows, synthetic.rows) >= fewestImages
  const sides = drawFolds(
    some.map((row) => ({ label: 0, group: groups[row] ?? null })),
    { folds: 2, random },
  )
  const half = (side: number): FeatureMatrix =>
    selectRows(
      real,
      sides.flatMap((each, row) => (each === side ? [row] : [])),
    )
  const [left, right] = [half(0), half(1)]
  const canHalve = isEnough && Math.min(left.rows, right.rows) >= fewestImages / 2
  const counts = { real: real.rows, synthetic: synthetic.rows, needed: fewestImages }
  const compared = (
    name: FigureName,
    measure: (real: FeatureMatrix, other: FeatureMatrix) => number | null,
  ): ClassFigure => ({
    ...{ name, ...counts },
    value: isEnough ? measure(real, synthetic) : null,
    floor: canHalve ? measure(left, right) : null,
  })
  const neighbourhood = (name: 'precision' | 'recall' | 'density' | 'coverage'): ClassFigure =>
    compared(name, (one, other) => {
      const found = compareNeighbourhoods(one, other)
      return found.kind === 'measured' ? found[name] : null
    })
  const kid = isEnough ? kernelDistance(real, synthetic, { random, subsets: 5 }) : null
  const isHeldOutEnough = Math.min(heldOut.rows, synthetic.rows) >= fewestHeldOut
  const withHeldOut = { real: heldOut.rows, synthetic: synthetic.rows, needed: fewestHeldOut }
  const copying = isHeldOutEnough ? measureDataCopying({ train, heldOut, images: synthetic }, { random }) : null
  const authenticity = isEnough ? measureAuthenticity(train, synthetic, { groups }) : null
  const ofHeldOut = measureAuthenticity(train, heldOut, { groups })
  return [
    {
      // Its floor pairs two halves of the real images, each large enough.
      ...{ name: 'kid', ...counts, needed: 2 * fewestImages },
      value: kid?.kind === 'measured' ? kid.distance : null,
      floor: kid?.kind === 'measured' ? kid.floor : null,
    },
    neighbourhood('precision'),
    neighbourhood('recall'),
    neighbourhood('density'),
    neighbourhood('coverage'),
    compared('twoSampleAccuracy', (one, other) => {
      const found = twoSampleAccuracy(one, other, { random })
      return found.kind === 'measured' ? found.accuracy : null
    }),
    compared('diversity', (one, other) => {
      const found = pairDiversity(one, other)
      return found.kind === 'measured' && Number.isFinite(found.ratio) ? found.ratio : null
    }),
    // Of held-out images in the place of the synthetic ones it is 0 by what it is.
    {
      ...{ name: 'copying', ...withHeldOut },
      value: copying?.kind === 'measured' ? copying.z : null,
      floor: copying?.kind === 'measured' ? 0 : null,
    },
    {
      ...{ name: 'authenticity', ...counts },
      value: authenticity?.kind === 'measured' ? authenticity.share : null,
      floor: ofHeldOut.kind === 'measured' ? ofHeldOut.share : null,
    },
  ]
}
