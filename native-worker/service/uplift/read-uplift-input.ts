import { createHash } from 'node:crypto'
import { FlawsmithError } from '../../../contract/errors.ts'
import type { Sha256 } from '../../../contract/ids.ts'
import type { Split } from '../../../contract/splits.ts'
import type { UpliftAbsence } from '../../../contract/uplift.ts'
import { rawSuffix } from '../../../contract/uplift-verdict.ts'
import type { Project } from '../../project/open-project.ts'
import { listClassesInUse } from '../../project/storage/classes.ts'
import {
  listJudgeableImages,
  listSamplesToJudge,
  type JudgeableImage,
  type JudgeableSample,
} from '../../project/storage/uplift-images.ts'
import { smallestPainted } from '../../surfaces/painted-set.ts'
import type { UpliftInput, UpliftSide, UpliftSource } from './uplift-input.ts'

/** Share of the train images that is chosen by where the validation split is too small. */
const heldOutShare = 0.2
/** Fewest classes on a side that tell anything. */
const fewestClasses = 2

/** What a project has to measure with, as it is now. */
export function readUpliftInput({ db, size }: Pick<Project, 'db' | 'size'>): UpliftInput {
  const classes = listClassesInUse(db)
    .map(({ id, name, freeOfDefects }) => ({
      classId: id,
      name,
      isFreeOfDefects: freeOfDefects,
      images: listJudgeableImages(db, id),
    }))
    // Nothing can be learned about a class without train images.
    .filter(({ images }) => images.some(({ split }) => split === 'train'))
    // The largest first, and of equals the older one: by name a class that is called otherwise would move, and its trainings be others.
    .sort((a, b) => b.images.length - a.images.length || a.classId - b.classId)
  const sideOf = (split: Split): UpliftSide => {
    const chosen = classes.map(({ images }) => images.filter((image) => image.split === split))
    return {
      images: chosen.flat().map(({ sha256 }) => sha256),
      counts: chosen.map(({ length }) => length),
      groups: chosen.flat().map(({ part }) => part),
    }
  }
  const [train, validation, test] = [sideOf('train'), sideOf('val'), sideOf('test')]
  const validates = validation.counts.filter((count) => count > 0).length >= fewestClasses
  const free = classes.findIndex(({ isFreeOfDefects }) => isFreeOfDefects)
  const { sources, absent } = readSources(classes.map(({ classId }) => listSamplesToJudge(db, { classId, size })))
  const canPaint = free >= 0 && size >= smallestPainted
  return {
    classes: classes.map(({ images: _images, ...each }) => each),
    train,
    validation: validates ? validation : null,
    heldOut: validates ? [] : holdOut(classes.map(({ images }) => images.filter(({ split }) => split === 'train'))),
    test,
    sources,
    canPaint,
    absent: [
      ...absent,
      ...(canPaint ? [] : [{ arm: 'painted', why: free < 0 ? 'noClassFreeOfDefects' : 'tooSmallToPaint' } as const]),
    ],
  }
}

/** At least two classes have images on both sides. */
export const isMeasurable = ({ train, test }: UpliftInput): boolean =>
  test.counts.filter((count, label) => count > 0 && (train.counts[label] ?? 0) > 0).length >= fewestClasses

/** @throws FlawsmithError `uplift_impossible` */
export function refuseUnmeasurable(input: UpliftInput): void {
  if (isMeasurable(input)) return
  const counts = input.classes
    .map(({ name }, label) => `${name}: ${input.train.counts[label] ?? 0} train, ${input.test.counts[label] ?? 0} test`)
    .join('; ')
  throw new FlawsmithError(
    'uplift_impossible',
    `Whether anything helps cannot be measured: at least two classes need train and test images (${counts || 'there are no images'}). Import more images, or divide them anew with \`flawsmith splits\`.`,
    { classes: counts },
  )
}

/** Of each recipe what passed the gate, and all of it where that is more: equal pictures are one source. */
function readSources(samples: readonly (readonly JudgeableSample[])[]): {
  readonly sources: readonly UpliftSource[]
  readonly absent: readonly UpliftAbsence[]
} {
  const recipes = [...new Set(samples.flat().map(({ recipe }) => recipe))].sort()
  const absent: UpliftAbsence[] = recipes.length === 0 ? [{ arm: 'samples', why: 'noAcceptedSamples' }] : []
  const sources = recipes.flatMap((recipe): UpliftSource[] => {
    const ofRecipe = samples.map((ofClass) => ofClass.filter((each) => each.recipe === recipe))
    const hashesOf = (chosen: readonly JudgeableSample[]): Sha256[] => chosen.map(({ sha256 }) => sha256)
    const gated = ofRecipe.map((ofClass) => hashesOf(ofClass.filter(({ isGated }) => isGated)))
    const raw: UpliftSource = { name: `${recipe}${rawSuffix}`, recipe, gated: false, images: ofRecipe.map(hashesOf) }
    if (gated.every(({ length }) => length === 0)) {
      absent.push({ arm: recipe, why: 'notGated' })
      return [raw]
    }
    const isAll = gated.every(({ length }, label) => length === ofRecipe[label]?.length)
    return [{ name: recipe, recipe, gated: true, images: gated }, ...(isAll ? [] : [raw])]
  })
  return { sources, absent }
}

/** A fifth of every class, whole parts, by the hash of each part's first picture; of a class with few parts none. */
function holdOut(classes: readonly (readonly JudgeableImage[])[]): readonly number[] {
  const held: number[] = []
  let first = 0
  for (const images of classes) {
    const parts = new Map<number, { readonly key: string; readonly members: number[] }>()
    images.forEach(({ part, sha256 }, index) => {
      const known = parts.get(part)
      if (known === undefined) parts.set(part, { key: keyOf(sha256), members: [first + index] })
      else known.members.push(first + index)
    })
    let left = Math.round(images.length * heldOutShare)
    if (parts.size >= 5)
      for (const { members } of [...parts.values()].sort((a, b) => (a.key < b.key ? -1 : 1))) {
        if (members.length > left) continue
        left -= members.length
        held.push(...members)
      }
    first += images.length
  }
  return held.sort((a, b) => a - b)
}

const keyOf = (sha256: Sha256): string => createHash('sha256').update(`held out ${sha256}`).digest('hex')
