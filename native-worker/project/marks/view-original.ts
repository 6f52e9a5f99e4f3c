import type { Fitted } from '../../../contract/fitted-picture.ts'
import type { ImageId } from '../../../contract/ids.ts'
import type { ImagesClient } from '../../../contract/images.ts'
import type { MarkView } from '../../../contract/marks.ts'
import type { Project } from '../open-project.ts'
import { originalSource } from '../original-source.ts'
import { getMarkableImage } from '../storage/marks.ts'
import { getDerivation } from '../storage/pictures.ts'

/** The largest picture that can be derived. */
const mostPixels = 512

/**
 * The whole source of an image as large as it can be shown, where that is more than its picture shows. Null where the picture shows
 * everything, for a patch of a frame, and where the original is not there any more.
 * Throws `image_not_found`, `disk_full`, `compute_died`.
 * @param picturesFolder a cache, from where main serves pictures
 */
export async function viewOriginal(
  project: Project,
  {
    imageId,
    images,
    picturesFolder,
  }: { readonly imageId: ImageId; readonly images: ImagesClient; readonly picturesFolder: string },
): Promise<MarkView | null> {
  const { fitted, sourceWidth, sourceHeight } = getMarkableImage(project.db, imageId)
  const derivation = getDerivation(project.db, imageId)
  const longest = Math.max(sourceWidth, sourceHeight)
  const showsAll = longest <= fitted.size && fitted.shown.width === sourceWidth && fitted.shown.height === sourceHeight
  if (derivation === null || derivation.original === null || derivation.isPatch || showsAll) return null
  const whole = { x: 0, y: 0, width: sourceWidth, height: sourceHeight }
  const size = Math.max(16, Math.min(mostPixels, Math.ceil(longest / 4) * 4))
  const [derived] = await images.derive({
    items: [
      {
        file: originalSource(project, derivation.original),
        sourceSha256: derivation.sourceSha256,
        rectangle: whole,
        fit: 'letterbox',
        grey: derivation.grey,
        page: derivation.page,
      },
    ],
    size,
    channels: project.channels,
    imagesFolder: picturesFolder,
  })
  // What cannot be read again is shown as it was fitted.
  if (derived === undefined || !derived.ok) return null
  return { sha256: derived.sha256, fitted: { fit: 'letterbox', shown: whole, size } satisfies Fitted }
}
