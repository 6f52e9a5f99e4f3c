import { RandomStream } from '../../../native-worker/random/random-stream.ts'
import type { FeatureMatrix } from '../../../native-worker/metrics/feature-matrix.ts'

/** Rows of independent standard normals, moved by `shift` and scaled by `deviation`. */
export function drawNormalFeatures(
  seed: number,
  { rows, columns, shift = 0, deviation = 1 }: { rows: number; columns: number; shift?: number; deviation?: number },
): FeatureMatrix {
  const values = RandomStream.fromSeed(seed, 'normal features').normals(rows * columns)
  return { rows, columns, values: values.map((value) => value * deviation + shift) }
}
