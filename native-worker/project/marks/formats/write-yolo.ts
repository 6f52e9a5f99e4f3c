import type { ExportedDocument, MarksToWrite } from './written-marks.ts'

/** A text for each image, empty where no defect is visible, and the list of classes. Of a mask, the rectangle around it. */
export const writeYolo = ({ images, classNames }: MarksToWrite): ExportedDocument[] => [
  { path: 'classes.txt', contents: classNames.map((name) => `${name}\n`).join('') },
  ...images.map(({ image: { marks, className, sourceWidth, sourceHeight }, labelName }) => ({
    path: `labels/${labelName}.txt`,
    contents: marks
      .map(({ shape: { x, y, width, height } }) =>
        [
          classNames.indexOf(className),
          (x + width / 2) / sourceWidth,
          (y + height / 2) / sourceHeight,
          width / sourceWidth,
          height / sourceHeight,
        ].join(' '),
      )
      .map((line) => `${line}\n`)
      .join(''),
  })),
]
