import { join } from 'node:path'
import type { ScoreTask, TrainerReport } from '../../../contract/trainer.ts'
import { readWhole } from '../../files/feature-file.ts'
import { writeWhole } from '../../files/write-whole.ts'
import type { Classifier } from '../embedding/classifier.ts'
import {
  domainFolds,
  domainVectorLength,
  joinNetworks,
  networksOf,
  tensorsOf,
  trainDomainNetworks,
} from '../embedding/domain-networks.ts'
import type { FeatureNetwork } from '../embedding/feature-network.ts'
import { createRandomFeatures, randomFeatureLength, randomFeaturesName } from '../embedding/random-features.ts'
import type { Engine } from '../engines/engine.ts'
import { decodeSafetensors, encodeSafetensors, type NamedTensor } from '../safetensors.ts'
import { FeatureStore } from './feature-store.ts'
import type { ScoreSets } from './score-set.ts'

interface Parts {
  readonly sets: ScoreSets
  readonly engine: Engine
  readonly report: (report: TrainerReport) => void
}

/** The features of every picture by both kinds of network, computed where they are not kept yet. */
export interface AllFeatures {
  readonly random: FeatureStore
  /** Null where all train images are of one class: there is nothing to learn. */
  readonly domain: FeatureStore | null
}

export async function completeFeatures(task: ScoreTask, parts: Parts): Promise<AllFeatures> {
  const random = new FeatureStore(join(task.featuresFolder, `${randomFeaturesName}.features`), randomFeatureLength)
  complete(random, { ...parts, network: () => createRandomFeatures(parts.engine) })
  const learns = new Set(parts.sets.train.items.map(({ label }) => label)).size > 1
  if (!learns) return { random, domain: null }
  const domain = new FeatureStore(
    join(task.featuresFolder, `${task.networkKey}.features`),
    domainFolds * domainVectorLength(task.classCount),
  )
  if (isComplete(domain, parts.sets)) return { random, domain }
  const networks = await learnedNetworks(task, parts)
  complete(domain, { ...parts, network: () => joinNetworks(parts.engine, networks) })
  return { random, domain }
}

const setsOf = ({ train, val, candidates }: ScoreSets) => [train, val, candidates]

const isComplete = (store: FeatureStore, sets: ScoreSets): boolean =>
  setsOf(sets).every(({ items }) => items.every(({ sha256 }) => store.has(sha256)))

function complete(
  store: FeatureStore,
  { sets, engine, report, network }: Parts & { readonly network: () => FeatureNetwork },
): void {
  if (isComplete(store, sets)) return
  const made = network()
  const total = setsOf(sets).reduce(
    (sum, { items }) => sum + items.filter(({ sha256 }) => !store.has(sha256)).length,
    0,
  )
  for (const { items, packed } of setsOf(sets)) {
    store.complete(items, {
      engine,
      packed,
      network: made,
      onProgress: () => {
        report({ kind: 'stageProgressed', stage: 'features', done: Math.min(store.computed, total), total })
      },
    })
  }
  made.dispose()
}

/** As they were kept, else learned now and kept: the same images give the same networks. */
async function learnedNetworks(task: ScoreTask, { sets, engine, report }: Parts): Promise<readonly Classifier[]> {
  const file = join(task.featuresFolder, `${task.networkKey}.safetensors`)
  const kept = networksOf(readTensors(file), { engine, channels: task.channels, classCount: task.classCount })
  if (kept !== null) return kept
  const { items, packed } = sets.train
  const networks = trainDomainNetworks(
    { ...packed.read(items.map(({ place }) => place ?? 0)), labels: items.map(({ label }) => label) },
    {
      engine,
      classCount: task.classCount,
      foldOf: items.map(({ fold }) => fold),
      steps: task.steps,
      onStep: (done, total) => {
        if (done % 5 === 0 || done === total) report({ kind: 'stageProgressed', stage: 'learning', done, total })
      },
    },
  )
  await writeWhole(file, encodeSafetensors({ metadata: {}, tensors: tensorsOf(engine, networks) }))
  return networks
}

/** Nothing where they were not kept, or what lies there cannot be read: they are learned again. */
function readTensors(file: string): readonly NamedTensor[] {
  const bytes = readWhole(file)
  if (bytes === null) return []
  try {
    return decodeSafetensors(bytes).tensors
  } catch (thrown) {
    if (thrown instanceof RangeError) return []
    throw thrown
  }
}
