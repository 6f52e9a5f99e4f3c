import { cocoDocument } from './coco-document.ts'
import type { ExportedDocument, MarksToWrite } from './written-marks.ts'

/** One `annotations.json`. */
export const writeCoco = ({ images, classNames }: MarksToWrite): ExportedDocument[] => [
  {
    path: 'annotations.json',
    contents: cocoDocument({
      description: 'Marks of defects, exported by Flawsmith',
      images: images.map(({ fileName, image }) => ({
        fileName,
        width: image.sourceWidth,
        height: image.sourceHeight,
        className: image.className,
        shapes: image.marks.map(({ shape }) => shape),
      })),
      classNames,
    }),
  },
]
