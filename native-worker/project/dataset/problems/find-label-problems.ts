import { FlawsmithError } from '../../../../contract/errors.ts'
import type { ClassId, ImageId, Sha256 } from '../../../../contract/ids.ts'
import type { ImagesClient, WatchedRequest } from '../../../../contract/images.ts'
import type { LabelCheck } from '../../../../contract/label-check.ts'
import type { ListedImage } from '../../../../contract/dataset-images.ts'
import type { Project } from '../../open-project.ts'
import { describeImages } from '../../storage/image-order.ts'
import { selectAll } from '../../storage/query.ts'

const shownAtMost = 1000

interface Labelled {
  readonly id: ImageId
  readonly sha256: Sha256
  readonly label: ClassId
  readonly group: number | null
  readonly className: string
}

/**
 * Judges the label of every image that takes part, by what the images look like. Nothing is changed and nothing stored: a person decides.
 * Throws what the images client throws.
 */
export async function findLabelProblems({
  project: { db, imagesFolder },
  images,
  ...watch
}: WatchedRequest & { readonly project: Project; readonly images: ImagesClient }): Promise<LabelCheck> {
  const labelled = selectAll<Labelled>(
    db,
    `SELECT i.id, i.sha256, i.class_id AS label, i.group_id AS "group", c.name AS className
     FROM images i JOIN classes c ON c.id = i.class_id
     WHERE i.state = 'active' AND c.left_out = 0 ORDER BY i.id`,
  )
  const nameOf = new Map<number, string>(labelled.map(({ label, className }) => [label, className]))
  const { suspects, outliers, tooSmall, unclear, unread, neighboursAsked, fewestOfAClass } = await images.judgeLabels(
    { pictures: labelled.map(({ sha256, label, group }) => ({ sha256, label, group })), imagesFolder },
    watch,
  )
  const imageAt = (index: number): ListedImage => {
    const [described] = describeImages(db, [labelled[index]?.id ?? (0 as ImageId)])
    if (described === undefined) throw new FlawsmithError('compute_answer_invalid', `There is no image ${index}.`)
    return described
  }
  return {
    images: labelled.length - unread.length,
    neighboursAsked,
    fewestOfAClass,
    suspects: suspects.slice(0, shownAtMost).map(({ image, likelier, votes, score }) => ({
      image: imageAt(image),
      likelierId: likelier as ClassId,
      likelier: nameOf.get(likelier) ?? '',
      votes,
      score,
    })),
    suspectsFound: suspects.length,
    outliers: outliers.slice(0, shownAtMost).map(({ image, ratio }) => ({ image: imageAt(image), ratio })),
    outliersFound: outliers.length,
    tooSmall: tooSmall.map((label) => nameOf.get(label) ?? String(label)),
    unclear: unclear.map((label) => nameOf.get(label) ?? String(label)),
    unread: unread.length,
  }
}
