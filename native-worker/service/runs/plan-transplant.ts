import { FlawsmithError } from '../../../contract/errors.ts'
import type { ClassSummary } from '../../../contract/dataset.ts'
import type { ClassId, Sha256 } from '../../../contract/ids.ts'
import { donorsNeeded } from '../../../contract/marks.ts'
import type { TrainingSet } from '../../../contract/trainer.ts'
import { freeClassOf } from '../../project/marks/free-of-defects.ts'
import { maskInPicture } from '../../project/marks/mask-in-picture.ts'
import { listClassesInUse } from '../../project/storage/classes.ts'
import { listTrainingImages } from '../../project/storage/images.ts'
import { listDonors } from '../../project/storage/marks.ts'
import type { Project } from '../../project/open-project.ts'

/** Among the classes of a run that moves defects. */
export const placeOfFreeClass = 0

/** What a run that moves defects is made of, all of it from the train split. */
export interface TransplantInput {
  readonly classes: TrainingSet['classes']
  readonly freeOfDefects: string
  /** Class by class; of the class free of defects all, of any other those with a mark. */
  readonly images: readonly Sha256[]
  /** uint8 [images, size, size], in the same order: 1 where a mark lies. */
  readonly marks: Uint8Array
}

/**
 * The class free of defects and, of those wanted, every class that has donors enough; where one was wanted that has not, none.
 * @param wanted all others where null
 * @throws FlawsmithError `no_good_class`, `marks_missing`
 */
export function planTransplant(
  { db, size }: Pick<Project, 'db' | 'size'>,
  wanted: readonly ClassId[] | null = null,
): TransplantInput {
  const free = freeClassOf(db)
  const all = listClassesInUse(db)
  const good = all.find(({ id }) => id === free?.id)
  if (good === undefined || good.splits.train === 0)
    throw new FlawsmithError(
      'no_good_class',
      good === undefined
        ? 'Defects are set onto images of good parts: say first which class is free of defects (`flawsmith marks free`, or the Marks tab).'
        : `“${good.name}” is free of defects, but none of its images is in the train split. Import more of it.`,
      good === undefined ? {} : { class: good.name },
    )
  const others = all
    .filter(({ id }) => id !== good.id && (wanted === null || wanted.includes(id)))
    .map((each) => ({ ...each, donors: listDonors(db, each.id) }))
  const chosen = others.filter(({ donors }) => donors.length >= donorsNeeded.least)
  if (chosen.length === 0 || (wanted !== null && chosen.length < others.length)) throw marksMissing(others)
  const goodImages = listTrainingImages(db, good.id)
  const donors = chosen.flatMap((each) => each.donors)
  const marks = new Uint8Array((goodImages.length + donors.length) * size * size)
  donors.forEach(({ shapes, fitted }, index) => {
    marks.set(maskInPicture(shapes, fitted), (goodImages.length + index) * size * size)
  })
  return {
    classes: [
      { name: good.name, images: goodImages.length },
      ...chosen.map((each) => ({ name: each.name, images: each.donors.length })),
    ],
    freeOfDefects: good.name,
    images: [...goodImages, ...donors.map(({ sha256 }) => sha256)],
    marks,
  }
}

function marksMissing(classes: readonly (ClassSummary & { readonly donors: readonly unknown[] })[]): FlawsmithError {
  if (classes.length === 0)
    return new FlawsmithError(
      'marks_missing',
      'No class with defects is asked for: the class free of defects only lends its images. Name a class whose defects are marked.',
      { needed: donorsNeeded.least, counts: '0' },
    )
  const counts = classes.map(({ name, donors }) => `${name}: ${donors.length}`).join(', ')
  return new FlawsmithError(
    'marks_missing',
    `Each class needs ${donorsNeeded.least} marked train images to give its defects away (${counts}). Mark some on the Marks tab, or import marks with \`flawsmith marks import\`.`,
    { needed: donorsNeeded.least, counts },
  )
}
