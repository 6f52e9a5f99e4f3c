import { stretchesOf } from '../../../../contract/mark-shapes.ts'
import { pixelsOf } from '../../../../contract/mark-shapes.ts'
import type { MarkShape } from '../../../../contract/marks.ts'
import { countsOfStretches } from './coco-runs.ts'
import type { ExportedDocument, MarksToWrite } from './written-marks.ts'

/** One `annotations.json`: a rectangle as a box, a mask as run lengths, too. */
export function writeCoco({ images, classNames }: MarksToWrite): ExportedDocument[] {
  const categories = classNames.map((name, index) => ({ id: index + 1, name, supercategory: 'defect' }))
  const idOf = new Map(categories.map(({ id, name }) => [name, id]))
  let annotationId = 0
  const document = {
    info: { description: 'Marks of defects, exported by Flawsmith' },
    images: images.map(({ fileName, image }, index) => ({
      id: index + 1,
      file_name: fileName,
      width: image.sourceWidth,
      height: image.sourceHeight,
    })),
    categories,
    annotations: images.flatMap(({ image }, index) =>
      image.marks.map(({ shape }) => ({
        id: ++annotationId,
        image_id: index + 1,
        category_id: idOf.get(image.className),
        bbox: [shape.x, shape.y, shape.width, shape.height],
        area: pixelsOf(shape),
        ...segmentationOf(shape, { width: image.sourceWidth, height: image.sourceHeight }),
      })),
    ),
  }
  return [{ path: 'annotations.json', contents: `${JSON.stringify(document)}\n` }]
}

const segmentationOf = (shape: MarkShape, size: { readonly width: number; readonly height: number }): object =>
  shape.kind === 'rectangle'
    ? { segmentation: [], iscrowd: 0 }
    : {
        segmentation: { counts: countsOfStretches(stretchesOf(shape), size), size: [size.height, size.width] },
        iscrowd: 1,
      }
