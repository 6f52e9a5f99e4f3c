import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Sha256 } from '../../../contract/ids.ts'
import type { TrainingSet } from '../../../contract/trainer.ts'
import type { LabelledImages } from '../../../native-worker/trainer/embedding/labelled-images.ts'
import { RandomStream } from '../../../native-worker/random/random-stream.ts'
import { drawRows } from '../../../native-worker/metrics/draw-rows.ts'
import type { ImagesClient } from '../../../contract/images.ts'
import type { StudySetPlan } from './study-sets.ts'

export interface StudySet {
  readonly name: StudySetPlan['name']
  readonly classNames: readonly string[]
  /** All classes in one file. */
  readonly training: TrainingSet
  /** Every class in a file of its own, for recipes that learn one. */
  readonly trainingByClass: readonly TrainingSet[]
  readonly trainingImages: LabelledImages
  /** Real images no generator and no feature network has seen. */
  readonly heldOut: LabelledImages
}

/** The split is the same for every recipe and seed. */
const splitSeed = 1
const channels = 1

/** Imports a folder as the app does (decoded, re-encoded, exact duplicates left out), splits it and packs it into files. */
export async function prepareSet(
  plan: StudySetPlan,
  { folder, workFolder, size, client }: { folder: string; workFolder: string; size: number; client: ImagesClient },
): Promise<StudySet> {
  const imagesFolder = join(workFolder, 'images')
  await mkdir(imagesFolder, { recursive: true })
  const classNames = plan.classes ?? (await readdir(folder)).sort()
  const seen = new Set<Sha256>()
  const random = RandomStream.fromSeed(splitSeed, `split of ${plan.name}`)
  const training: Sha256[][] = []
  const heldOut: Sha256[][] = []
  for (const name of classNames) {
    const files = (await readdir(join(folder, name))).sort().map((file) => join(folder, name, file))
    const hashes = await ingest({ client, files, size, imagesFolder })
    const fresh = hashes.filter((hash) => !seen.has(hash) && seen.add(hash))
    const order = drawRows(random, { rows: fresh.length, count: fresh.length }).map((row) => fresh[row] as Sha256)
    const count = plan.trainingImages(name, order.length)
    training.push(order.slice(0, count))
    heldOut.push(order.slice(count, count + plan.mostHeldOut))
  }
  const pack = async (groups: readonly (readonly Sha256[])[], name: string): Promise<LabelledImages> => {
    const file = join(workFolder, `${name}.bin`)
    await client.pack({
      classes: groups.map((images, label) => ({ name: classNames[label] ?? '', images: [...images] })),
      size,
      channels,
      imagesFolder,
      file,
    })
    const labels = groups.flatMap((group, label) => group.map(() => label))
    return { pixels: await readFile(file), count: labels.length, size, channels, labels }
  }
  const describe = (name: string, labels: readonly number[]): TrainingSet => ({
    file: join(workFolder, `${name}.bin`),
    size,
    channels,
    classes: labels.map((label) => ({ name: classNames[label] ?? '', images: training[label]?.length ?? 0 })),
  })
  const trainingImages = await pack(training, 'training')
  const trainingByClass: TrainingSet[] = []
  for (const [label, group] of training.entries()) {
    await pack([group], `training-${label}`)
    trainingByClass.push(describe(`training-${label}`, [label]))
  }
  return {
    name: plan.name,
    classNames,
    training: describe('training', [...classNames.keys()]),
    trainingByClass,
    trainingImages,
    heldOut: await pack(heldOut, 'held-out'),
  }
}

const mostFilesARequest = 500

async function ingest({
  client,
  files,
  size,
  imagesFolder,
}: {
  client: ImagesClient
  files: readonly string[]
  size: number
  imagesFolder: string
}): Promise<readonly Sha256[]> {
  const hashes: Sha256[] = []
  for (let start = 0; start < files.length; start += mostFilesARequest) {
    const chunk = files.slice(start, start + mostFilesARequest)
    const results = await client.ingest({ files: chunk, size, channels, fit: 'crop', depth: null, imagesFolder })
    results.forEach((result, index) => {
      if (!result.ok) throw new Error(`${chunk[index] ?? ''}: ${result.reason} (${result.detail})`)
      hashes.push(result.sha256)
    })
  }
  return hashes
}
