import {
  extractFeatures,
  type FeatureNetwork,
  type ImageBatch,
} from '../../native-worker/trainer/embedding/feature-network.ts'
import type { Engine } from '../../native-worker/trainer/engines/engine.ts'
import type { Gan } from '../../native-worker/trainer/adversarial/gan.ts'
import { drawImages } from '../../native-worker/trainer/draw-images.ts'
import { RandomStream } from '../../native-worker/random/random-stream.ts'
import { compareNeighbourhoods, type Neighbourhoods } from '../../native-worker/metrics/compare-neighbourhoods.ts'
import { pairDiversity } from '../../native-worker/metrics/diversity.ts'
import { fitStandardisation, standardise } from '../../native-worker/metrics/standardise.ts'
import type { TinyTask } from './tiny-task.ts'

export interface ClassJudgement extends Neighbourhoods {
  readonly name: string
  readonly diversity: number
}

/**
 * Draws as many images of a class as were held out, and compares them with those, class by class: recall with k = 3, coverage
 * with k = 5, or 3 below 30 images.
 */
export function judgeGenerator(
  gan: Gan,
  { engine, network, task, seed }: { engine: Engine; network: FeatureNetwork; task: TinyTask; seed: number },
): readonly ClassJudgement[] {
  const { set, pixels, heldOut } = task
  const { size, channels, classes } = set
  const extract = (batch: ImageBatch) => extractFeatures({ engine, network }, batch)
  const scale = fitStandardisation(extract({ pixels, count: pixels.length / (size * size * channels), size, channels }))
  return heldOut.map((real, label) => {
    const random = RandomStream.fromSeed(seed, `judged ${label}`)
    const latents = Array.from({ length: real.count }, () => ({ values: random.normals(gan.latentLength), label }))
    const drawn = { ...real, pixels: Buffer.concat(drawImages({ engine, gan }, latents).map(({ pixels }) => pixels)) }
    const features = { real: standardise(extract(real), scale), synthetic: standardise(extract(drawn), scale) }
    const neighbourhoods = compareNeighbourhoods(features.real, features.synthetic)
    const diversity = pairDiversity(features.real, features.synthetic)
    if (neighbourhoods.kind !== 'measured' || diversity.kind !== 'measured') throw new Error('too few images to judge')
    return { ...neighbourhoods, name: classes[label]?.name ?? '', diversity: diversity.ratio }
  })
}

export const meanOf = <Key extends string>(rows: readonly Readonly<Record<Key, number>>[], key: Key): number =>
  rows.reduce((sum, row) => sum + row[key], 0) / rows.length
