import { toSource } from '../../../contract/fitted-picture.ts'
import type { ImageId } from '../../../contract/ids.ts'
import type { ImagesClient } from '../../../contract/images.ts'
import type { MarkProposal } from '../../../contract/marks.ts'
import { evenlySpread } from '../../metrics/evenly-spread.ts'
import type { Project } from '../open-project.ts'
import { listTrainingImages } from '../storage/images.ts'
import { getMarkableImage } from '../storage/marks.ts'
import { freeClassOf } from './free-of-defects.ts'

/** Enough for 6,000 patches, few enough to be read in seconds. */
const mostGoodImages = 200

/**
 * Where the finder sees defects in an image. Compared with images of the class free of defects that train: never with one that is
 * there to choose or to judge by. Throws `image_not_found`, `image_missing`, `training_set_changed`, `compute_died`.
 */
export async function proposeMarks(
  { db, imagesFolder }: Pick<Project, 'db' | 'imagesFolder'>,
  { imageId, images }: { readonly imageId: ImageId; readonly images: ImagesClient },
): Promise<MarkProposal> {
  const { sha256, className, fitted } = getMarkableImage(db, imageId)
  const free = freeClassOf(db)
  const good = free === null ? [] : [...evenlySpread(listTrainingImages(db, free.id), mostGoodImages)]
  const [found = []] = await images.proposeDefects({
    className,
    pictures: [sha256],
    goodClassName: free?.name ?? '',
    good,
    imagesFolder,
  })
  const rectangles = found.flatMap(({ left, top, right, bottom }) => {
    const { size } = fitted
    const box = { left: left * size, top: top * size, right: right * size, bottom: bottom * size }
    return toSource(box, fitted) ?? []
  })
  return { rectangles, goodImages: good.length }
}
