import { join } from 'node:path'
import type { MapTask, TrainerReport } from '../../../contract/trainer.ts'
import { encodeFeatures } from '../../files/feature-file.ts'
import { writeWhole } from '../../files/write-whole.ts'
import { drawMap } from '../../metrics/map/draw-map.ts'
import { fitStandardisation, standardise } from '../../metrics/standardise.ts'
import { randomFeatureLength, randomFeaturesName } from '../embedding/random-features.ts'
import { FeatureStore } from '../scoring/feature-store.ts'

/** Puts pictures on a plane by the features that are kept of them, scaled by the real ones; those without features are left out. */
export async function runMapTask(
  task: MapTask,
  { report }: { readonly report: (report: TrainerReport) => void },
): Promise<void> {
  const began = performance.now()
  const store = new FeatureStore(join(task.featuresFolder, `${randomFeaturesName}.features`), randomFeatureLength)
  const real = task.real.filter((sha256) => store.has(sha256))
  const isReal = new Set(real)
  const candidates = task.candidates.filter((sha256) => store.has(sha256) && !isReal.has(sha256))
  const hashes = [...real, ...candidates]
  const features = store.select(hashes)
  const scale = fitStandardisation(real.length < 2 ? features : store.select(real))
  let reported = began
  const places = drawMap(standardise(features, scale), {
    firm: real.length,
    onProgress: ({ done, total }) => {
      if (performance.now() - reported < 200) return
      reported = performance.now()
      report({ kind: 'stageProgressed', stage: 'comparing', done, total })
    },
  })
  const vectors = hashes.map((sha256, row) => [sha256, places.subarray(2 * row, 2 * row + 2)] as const)
  await writeWhole(task.file, encodeFeatures({ length: 2, vectors }))
  report({ kind: 'ended', reason: 'done', step: 0, seconds: (performance.now() - began) / 1000 })
}
