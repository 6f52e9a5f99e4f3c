import { randomUUID } from 'node:crypto'
import type { ClassId, RunId, Sha256 } from '../../../contract/ids.ts'
import type { EngineName } from '../../../contract/engines.ts'
import type { ImagesClient } from '../../../contract/images.ts'
import { mostClasses, type ScoreTask } from '../../../contract/trainer.ts'
import { FlawsmithError } from '../../../contract/errors.ts'
import { readFeatureHashes } from '../../files/feature-file.ts'
import { namesInside, removeInside } from '../../files/files-inside.ts'
import { resolveFolderInside, resolveInside } from '../../files/resolve-inside.ts'
import { sha256Of } from '../../files/sha256-of.ts'
import type { Project } from '../../project/open-project.ts'
import { listReferenceImages, referenceKey, type ReferenceImage } from '../../project/scores/reference-key.ts'
import { canonicalJson } from '../../project/storage/canonical-json.ts'
import { listScorableSamples, type ScorableSample } from '../../project/storage/sample-scores.ts'
import { lastReference } from '../../project/storage/score-references.ts'
import { domainFolds, domainVectorLength } from '../../trainer/embedding/domain-networks.ts'
import { randomFeatureLength, randomFeaturesName } from '../../trainer/embedding/random-features.ts'

/** In a project. Everything there can be made again. */
export const featuresFolder = 'features'

/** Of each network that learns the classes. */
export const learningSteps = 240

export interface PreparedScoring {
  readonly task: ScoreTask
  /** False where everything has been scored. */
  readonly isNeeded: boolean
  readonly key: string
  /** Against which new candidates are scored; null where the real images have to be scored first. */
  readonly referenceId: number | null
  readonly train: readonly ReferenceImage[]
  readonly val: readonly ReferenceImage[]
  readonly samples: readonly ScorableSample[]
  /** By label. */
  readonly classes: readonly ClassId[]
  /** Pictures of which no features are known. */
  readonly unknown: number
  /** Removes what was packed. */
  readonly clear: () => void
}

/**
 * What there is to score, with the pictures packed that have to be looked at.
 * @throws FlawsmithError `class_too_small` where nothing trains; `image_missing`, `training_set_changed`, `disk_full`
 */
export async function prepareScoring(
  project: Project,
  {
    images,
    engine,
    runId,
    steps,
    figures,
  }: {
    readonly images: Pick<ImagesClient, 'pack'>
    readonly engine: EngineName
    readonly runId: RunId | null
    readonly steps: number
    readonly figures: boolean
  },
): Promise<PreparedScoring> {
  const { db, folder, size, channels } = project
  const key = referenceKey(project)
  const last = lastReference(db)
  const referenceId = last?.key === key ? last.id : null
  const train = listReferenceImages(db, 'train')
  const val = listReferenceImages(db, 'val')
  const classes = [...new Set(train.map(({ classId }) => classId))]
  refuseClasses(classes)
  const labelOf = new Map(classes.map((classId, label) => [classId, label]))
  // A class without train images has nothing to compare with.
  const known = ({ classId }: { readonly classId: ClassId }): boolean => labelOf.has(classId)
  const held = val.filter(known)
  const samples = listScorableSamples(db, { size, referenceId, runId }).filter(known)
  const isNew = samples.some(({ isScored }) => !isScored)
  const isNeeded = referenceId === null || isNew || figures
  const networkKey = networkKeyOf({ train, channels, size, steps })
  const feature = knownFeatures(folder, { networkKey, classCount: classes.length })
  const packs = [
    { name: 'train', pictures: train.map((each) => ({ ...each, packed: isNeeded })) },
    {
      name: 'val',
      pictures: held.map((each) => ({
        ...each,
        packed: isNeeded && (referenceId === null || !feature.has(each.sha256)),
      })),
    },
    {
      name: 'candidates',
      pictures: samples.map((each) => ({ ...each, packed: isNeeded && (!each.isScored || !feature.has(each.sha256)) })),
    },
  ] as const
  const token = randomUUID()
  const nameOf = (name: string): string => `${featuresFolder}/scoring-${token}-${name}.bin`
  const clear = (): void => {
    for (const { name } of packs) removeInside(folder, nameOf(name))
  }
  if (isNeeded) {
    clearOldNetworks(folder, networkKey)
    try {
      for (const { name, pictures } of packs) {
        const packed = pictures.filter((each) => each.packed).map(({ sha256 }) => sha256)
        await images.pack({
          classes: [{ name, images: packed }],
          ...{ size, channels, imagesFolder: project.imagesFolder, file: resolveInside(folder, nameOf(name)) },
        })
      }
    } catch (thrown) {
      clear()
      throw thrown
    }
  }
  const fileOf = (name: string): string => resolveInside(folder, nameOf(name))
  const picture = ({ sha256, classId, packed }: { sha256: Sha256; classId: ClassId; packed: boolean }) => ({
    ...{ sha256, packed, label: labelOf.get(classId) ?? 0 },
  })
  const [trainPack, valPack, candidatePack] = packs
  const task: ScoreTask = {
    ...{ kind: 'score', engine, size, channels, classCount: classes.length, steps, figures, networkKey },
    realIsKnown: referenceId !== null,
    featuresFolder: resolveFolderInside(folder, featuresFolder),
    train: {
      file: fileOf('train'),
      pictures: trainPack.pictures.map((each) => ({ ...picture(each), group: each.groupId })),
    },
    val: { file: fileOf('val'), pictures: valPack.pictures.map(picture) },
    candidates: {
      file: fileOf('candidates'),
      pictures: candidatePack.pictures.map((each) => ({ ...picture(each), run: each.runId, isNew: !each.isScored })),
    },
  }
  const hashes = new Set([...train, ...held, ...samples].map(({ sha256 }) => sha256))
  const unknown = isNeeded ? [...hashes].filter((sha256) => !feature.has(sha256)).length : 0
  return { ...{ task, isNeeded, key, referenceId, train, samples, classes, unknown, clear }, val: held }
}

function refuseClasses(classes: readonly ClassId[]): void {
  if (classes.length === 0)
    throw new FlawsmithError('class_too_small', 'No class has an image to learn from. Import images first.', {})
  if (classes.length > mostClasses)
    throw new FlawsmithError(
      'parameter_out_of_range',
      `Scores compare ${mostClasses} classes at most; there are ${classes.length}. Leave some out.`,
      { classes: classes.length, most: mostClasses },
    )
}

/** SHA-256 over everything that decides the networks which learn the classes. */
const networkKeyOf = ({
  train,
  ...format
}: {
  readonly train: readonly ReferenceImage[]
  readonly channels: number
  readonly size: number
  readonly steps: number
}): Sha256 =>
  sha256Of(
    canonicalJson({
      ...format,
      folds: domainFolds,
      images: train.map(({ sha256, classId, groupId }) => [sha256, classId, groupId]),
    }),
  )

/** Pictures of which the features by all networks are kept. */
function knownFeatures(
  folder: string,
  { networkKey, classCount }: { readonly networkKey: Sha256; readonly classCount: number },
): ReadonlySet<Sha256> {
  const hashesIn = (name: string, length: number): ReadonlySet<Sha256> =>
    readFeatureHashes(resolveInside(folder, `${featuresFolder}/${name}.features`), length)
  const random = hashesIn(randomFeaturesName, randomFeatureLength)
  if (classCount < 2) return random
  const learned = hashesIn(networkKey, domainFolds * domainVectorLength(classCount))
  return new Set([...random].filter((sha256) => learned.has(sha256)))
}

/** Networks that learned from other images than those of today, and what a killed scoring had packed. */
function clearOldNetworks(folder: string, networkKey: Sha256): void {
  for (const name of namesInside(folder, featuresFolder))
    if (!name.startsWith(networkKey) && !name.startsWith(randomFeaturesName))
      removeInside(folder, `${featuresFolder}/${name}`)
}
