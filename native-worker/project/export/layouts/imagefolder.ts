import type { ExportPlanClass } from '../../../../contract/export.ts'
import { portableNames } from '../portable-names.ts'
import { imagefolderReadme } from './imagefolder-readme.ts'
import type { Layout, LayoutDocument } from './layout.ts'

const placeholderName = 'no-images.txt'

/** `train|val|test/<class>/<picture>`: what torchvision's ImageFolder, Keras and timm read. */
export const imagefolder: Layout = {
  classFolders: portableNames,
  pathOf: ({ split, number, extension, origin }, folder) => {
    const run = origin.kind === 'synthetic' ? `synthetic_r${origin.runId}_` : ''
    return `${split}/${folder}/${folder}_${run}${String(number).padStart(5, '0')}.${extension}`
  },
  documents: ({ classFolders, plan }) => {
    const order = [...classFolders.values()].sort(byCodePoint)
    return [
      { path: 'classes.txt', text: order.map((folder) => `${folder}\n`).join('') },
      { path: 'README.txt', text: imagefolderReadme({ plan, order }) },
      ...plan.classes.flatMap(placeholders),
    ]
  },
}

/**
 * Readers number the classes by the sorted names of the folders they find: a class that is absent from a split keeps a folder there, so
 * that no class after it gets another number. With a file in it, since archives and repositories drop empty folders.
 */
const placeholders = ({ name, folder, absentFrom }: ExportPlanClass): LayoutDocument[] =>
  absentFrom.map((split) => ({
    path: `${split}/${folder}/${placeholderName}`,
    text: `No image of the class “${name}” is in this split. The folder keeps the numbers of the classes.\n此划分中没有类别“${name}”的图像；保留此文件夹是为了使类别编号不变。\n`,
  }))

/** As Python sorts. */
const byCodePoint = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b))
