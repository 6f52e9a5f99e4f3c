import { pixelsOf, stretchesOf } from '../../../../contract/mark-shapes.ts'
import type { MarkShape } from '../../../../contract/marks.ts'
import { countsOfStretches } from './coco-runs.ts'

interface CocoImage {
  readonly fileName: string
  readonly width: number
  readonly height: number
  readonly className: string
  readonly shapes: readonly MarkShape[]
}

/** COCO's object detection file, as text: a rectangle as a box, a mask as run lengths, too. */
export function cocoDocument({
  description,
  images,
  classNames,
}: {
  readonly description: string
  readonly images: readonly CocoImage[]
  /** In the order of their numbers. */
  readonly classNames: readonly string[]
}): string {
  const categories = classNames.map((name, index) => ({ id: index + 1, name, supercategory: 'defect' }))
  const idOf = new Map(categories.map(({ id, name }) => [name, id]))
  let annotationId = 0
  const document = {
    info: { description },
    images: images.map(({ fileName, width, height }, index) => ({
      ...{ id: index + 1, file_name: fileName, width, height },
    })),
    categories,
    annotations: images.flatMap(({ width, height, className, shapes }, index) =>
      shapes.map((shape) => ({
        id: ++annotationId,
        image_id: index + 1,
        category_id: idOf.get(className),
        bbox: [shape.x, shape.y, shape.width, shape.height],
        area: pixelsOf(shape),
        ...segmentationOf(shape, { width, height }),
      })),
    ),
  }
  return `${JSON.stringify(document)}\n`
}

const segmentationOf = (shape: MarkShape, size: { readonly width: number; readonly height: number }): object =>
  shape.kind === 'rectangle'
    ? { segmentation: [], iscrowd: 0 }
    : {
        segmentation: { counts: countsOfStretches(stretchesOf(shape), size), size: [size.height, size.width] },
        iscrowd: 1,
      }
