import type { RandomStream } from '../random/random-stream.ts'
import { drawRows } from './draw-rows.ts'
import { drawFolds } from './draw-folds.ts'
import { selectRows, type FeatureMatrix } from './feature-matrix.ts'
import { tooFew, type Measured } from './measured.ts'
import { fitStandardisation, standardise } from './standardise.ts'

export interface Distinction {
  /** Area under the curve: 0.5 where the sets cannot be told apart, 1 where they always can. */
  readonly auc: number
  /** What random halves of the real set, group-wise, give; 95 % of them stay below. Null where a half is too small. */
  readonly floor: number | null
}

const fewestImages = 30
const mostOfASide = 200
/** Fewer, since they are many: smaller sets differ more by chance, so the floor is on the safe side. */
const mostOfAHalf = 100
const folds = 5
const splits = 20
/** Against a mean square of 1 in every feature. */
const ridge = 1

/**
 * How well a linear classifier tells real from synthetic images it has not learned from: ridge regression, five folds, groups of real
 * images whole in a fold, as many of one as of the other.
 */
export function tellApart(
  real: FeatureMatrix,
  synthetic: FeatureMatrix,
  { groups, random }: { readonly groups: readonly (number | null)[]; readonly random: RandomStream },
): Measured<Distinction> {
  const refusal = tooFew(fewestImages, real.rows, synthetic.rows)
  if (refusal !== null) return refusal
  const count = Math.min(real.rows, synthetic.rows, mostOfASide)
  const chosen = drawRows(random, { rows: real.rows, count })
  const auc = crossValidated(
    { matrix: selectRows(real, chosen), groups: chosen.map((row) => groups[row] ?? null) },
    { matrix: selectRows(synthetic, drawRows(random, { rows: synthetic.rows, count })), groups: null },
    random,
  )
  return { kind: 'measured', auc, floor: floorOf(real, { groups, random }) }
}

/** Two sides drawn as folds are: whole groups. */
function floorOf(
  real: FeatureMatrix,
  { groups, random }: { readonly groups: readonly (number | null)[]; readonly random: RandomStream },
): number | null {
  const found: number[] = []
  for (let split = 0; split < splits; split++) {
    const side = drawFolds(
      groups.map((group) => ({ label: 0, group })),
      { folds: 2, random },
    )
    const rowsOf = (which: number): readonly number[] =>
      side.flatMap((each, row) => (each === which ? [row] : [])).slice(0, mostOfAHalf)
    const [left, right] = [rowsOf(0), rowsOf(1)]
    if (Math.min(left.length, right.length) < fewestImages / 2) return null
    const asSide = (rows: readonly number[]) => ({
      matrix: selectRows(real, rows),
      groups: rows.map((row) => groups[row] ?? null),
    })
    found.push(crossValidated(asSide(left), asSide(right), random))
  }
  return found.sort((a, b) => a - b)[Math.ceil(0.95 * splits) - 1] ?? null
}

interface Side {
  readonly matrix: FeatureMatrix
  readonly groups: readonly (number | null)[] | null
}

function crossValidated(left: Side, right: Side, random: RandomStream): number {
  const foldOf = ({ matrix, groups }: Side): readonly number[] =>
    drawFolds(
      Array.from({ length: matrix.rows }, (_, row) => ({ label: 0, group: groups?.[row] ?? null })),
      { folds, random },
    )
  const [leftFolds, rightFolds] = [foldOf(left), foldOf(right)]
  const areas: number[] = []
  for (let fold = 0; fold < folds; fold++) {
    const rows = (of: readonly number[], isIn: boolean): readonly number[] =>
      of.flatMap((each, row) => ((each === fold) === isIn ? [row] : []))
    const train = [
      selectRows(left.matrix, rows(leftFolds, false)),
      selectRows(right.matrix, rows(rightFolds, false)),
    ] as const
    const test = [
      selectRows(left.matrix, rows(leftFolds, true)),
      selectRows(right.matrix, rows(rightFolds, true)),
    ] as const
    if (Math.min(...train.map((each) => each.rows), ...test.map((each) => each.rows)) === 0) continue
    areas.push(areaUnderCurve(learn(train[0], train[1]), test))
  }
  return areas.reduce((sum, area) => sum + area, 0) / Math.max(1, areas.length)
}

/** Gives the score of every row: higher for what is like the second side. */
function learn(left: FeatureMatrix, right: FeatureMatrix): (matrix: FeatureMatrix) => Float64Array {
  const { columns } = left
  const rows = left.rows + right.rows
  const values = new Float32Array(rows * columns)
  values.set(left.values)
  values.set(right.values, left.values.length)
  const standardisation = fitStandardisation({ rows, columns, values })
  const scaled = standardise({ rows, columns, values }, standardisation)
  const wanted = Float64Array.from({ length: rows }, (_, row) => (row < left.rows ? -1 / left.rows : 1 / right.rows))
  // In the space of the rows, which are fewer than the features or about as many: (X·Xᵀ + λ)·a = y, w = Xᵀ·a.
  const gram = new Float64Array(rows * rows)
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0
      for (let column = 0; column < columns; column++)
        sum += (scaled.values[i * columns + column] as number) * (scaled.values[j * columns + column] as number)
      gram[i * rows + j] = sum / columns
    }
    gram[i * rows + i] = (gram[i * rows + i] as number) + ridge
  }
  const dual = solve(gram, wanted)
  const weights = new Float64Array(columns)
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      weights[column] =
        (weights[column] as number) + (dual[row] as number) * (scaled.values[row * columns + column] as number)
  return (matrix) => {
    const own = standardise(matrix, standardisation)
    return Float64Array.from({ length: matrix.rows }, (_, row) => {
      let sum = 0
      for (let column = 0; column < columns; column++)
        sum += (weights[column] as number) * (own.values[row * columns + column] as number)
      return sum
    })
  }
}

/** By Cholesky; `matrix` is symmetric, its lower half given, and is overwritten. */
function solve(matrix: Float64Array, right: Float64Array): Float64Array {
  const size = right.length
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * size + j] as number
      for (let k = 0; k < j; k++) sum -= (matrix[i * size + k] as number) * (matrix[j * size + k] as number)
      matrix[i * size + j] = i === j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / (matrix[j * size + j] as number)
    }
  }
  const solution = Float64Array.from(right)
  for (let i = 0; i < size; i++) {
    let sum = solution[i] as number
    for (let k = 0; k < i; k++) sum -= (matrix[i * size + k] as number) * (solution[k] as number)
    solution[i] = sum / (matrix[i * size + i] as number)
  }
  for (let i = size - 1; i >= 0; i--) {
    let sum = solution[i] as number
    for (let k = i + 1; k < size; k++) sum -= (matrix[k * size + i] as number) * (solution[k] as number)
    solution[i] = sum / (matrix[i * size + i] as number)
  }
  return solution
}

function areaUnderCurve(
  score: (matrix: FeatureMatrix) => Float64Array,
  [left, right]: readonly [FeatureMatrix, FeatureMatrix],
): number {
  const low = score(left)
  const high = score(right)
  let wins = 0
  for (const a of low) for (const b of high) wins += b > a ? 1 : b === a ? 0.5 : 0
  return wins / (low.length * high.length)
}
