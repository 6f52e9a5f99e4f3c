import type { ImportReport } from '../../contract/dataset.ts'
import { whiteOfDepth } from '../../contract/grey-depth.ts'
import type { ImportDepth } from '../../contract/grey-depth.ts'
import { counted } from './counted.ts'

const filesShown = 20
const sources: Readonly<Record<ImportDepth['source'], string>> = {
  asked: 'as asked for',
  declared: 'as the files declare',
  largest_value: 'by the largest value found in them',
}

/** How files deeper than 8 bits became 8 bits. */
export function depthLines({ depth }: ImportReport): readonly string[] {
  if (depth === undefined || depth === null) return []
  const { bits, files, source, clipped, earlier, wide, wideFiles = 0 } = depth
  const sharing = files - wideFiles
  return [
    ...(sharing === 0
      ? []
      : [
          `${counted(sharing, 'file')} deeper than 8 bits: read as ${bits} bits, ${sources[source]} (0–${whiteOfDepth(bits)} became 0–255); --depth sets it`,
        ]),
    ...(wide === 'full' && wideFiles > 0
      ? [`${counted(wideFiles, 'file')} of 32 bits: read by the full range (0–${whiteOfDepth(32)} became 0–255)`]
      : []),
    ...(clipped === 0
      ? []
      : [`  ${counted(clipped, 'image has', 'images have')} brighter values, which are white now`]),
    ...(earlier.length === 0
      ? []
      : [
          `  images of earlier imports were read as ${earlier.join(', ')} bits: brightness is not comparable with them`,
        ]),
  ]
}

/** Files of which only one picture was taken. */
export function manyPagesLines({ manyPages = [] }: ImportReport): readonly string[] {
  const further = manyPages.reduce((sum, { pages }) => sum + pages - 1, 0)
  if (manyPages.length === 0) return []
  return [
    `${counted(manyPages.length, 'file holds', 'files hold')} several pages: ${counted(further, 'further page')} not imported`,
    ...manyPages.slice(0, filesShown).map(({ path, pages, taken }) => `  ${path}: ${pages} pages, page ${taken} taken`),
    ...(manyPages.length > filesShown ? [`  … and ${manyPages.length - filesShown} more (--json lists all)`] : []),
  ]
}
