import { portableNames } from '../portable-names.ts'
import type { Layout } from './layout.ts'

/** `train|val|test/<class>/<picture>.png`: what torchvision's ImageFolder, Keras and timm read. */
export const imagefolder: Layout = {
  classFolders: portableNames,
  pathOf: ({ split, number, origin }, folder) => {
    const run = origin.kind === 'synthetic' ? `synthetic_r${origin.runId}_` : ''
    return `${split}/${folder}/${folder}_${run}${String(number).padStart(5, '0')}.png`
  },
  // Readers number the classes by the sorted names of the folders they find; one that is absent from a split moves the rest.
  documents: ({ classFolders }) => [
    {
      path: 'classes.txt',
      text: [...classFolders.values()]
        .sort(byCodePoint)
        .map((folder) => `${folder}\n`)
        .join(''),
    },
  ],
}

/** As Python sorts. */
const byCodePoint = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b))
