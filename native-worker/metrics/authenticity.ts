import type { FeatureMatrix } from './feature-matrix.ts'
import { tooFew, type Measured } from './measured.ts'
import { nearestRows } from './nearest-rows.ts'

const fewestImages = 30

/**
 * Share of images that are no copies of train images (Alaa et al. 2022): farther from their nearest train image than that one is from
 * the nearest train image of another group. About what real images give; far below it means copying. Far outliers are authentic, too:
 * read it together with density.
 */
export function measureAuthenticity(
  train: FeatureMatrix,
  images: FeatureMatrix,
  { groups }: { readonly groups: readonly number[] },
): Measured<{ readonly share: number }> {
  const refusal = tooFew(fewestImages, train.rows, images.rows)
  if (refusal !== null) return refusal
  const own = nearestRows(train, train, (row, other) => groups[row] !== groups[other])
  const nearest = nearestRows(images, train)
  const authentic = nearest.filter(({ index, distance }) => distance > (own[index]?.distance ?? 0)).length
  return { kind: 'measured', share: authentic / images.rows }
}
