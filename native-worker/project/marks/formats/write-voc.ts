import XMLBuilder from 'fast-xml-builder'
import type { ExportedDocument, MarksToWrite } from './written-marks.ts'

const builder = new XMLBuilder({ format: true, suppressEmptyNode: false })

/** An XML file for each image; pixels count from 1 and the last one belongs to the box. Of a mask, the rectangle around it. */
export const writeVoc = ({ images }: MarksToWrite): ExportedDocument[] =>
  images.map(({ image: { className, marks, sourceWidth, sourceHeight }, fileName, labelName }) => ({
    path: `${labelName}.xml`,
    contents: builder.build({
      annotation: {
        folder: className,
        filename: fileName.split('/').at(-1),
        size: { width: sourceWidth, height: sourceHeight },
        segmented: 0,
        object: marks.map(({ shape: { x, y, width, height } }) => ({
          name: className,
          pose: 'Unspecified',
          truncated: 0,
          difficult: 0,
          bndbox: { xmin: x + 1, ymin: y + 1, xmax: x + width, ymax: y + height },
        })),
      },
    }),
  }))
