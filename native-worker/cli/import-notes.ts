import type { ImportReport } from '../../contract/dataset.ts'
import { whiteOfDepth } from '../../contract/grey-depth.ts'
import type { ImportDepth } from '../../contract/grey-depth.ts'

const filesShown = 20
const sources: Readonly<Record<ImportDepth['source'], string>> = {
  asked: 'as asked for',
  declared: 'as the files declare',
  largest_value: 'by the largest value found in them',
}

/** How files deeper than 8 bits became 8 bits. */
export function depthLines({ depth }: ImportReport): readonly string[] {
  if (depth === undefined || depth === null) return []
  const { bits, files, source, clipped, earlier, wide } = depth
  return [
    `${files} files deeper than 8 bits: read as ${bits} bits, ${sources[source]} (0–${whiteOfDepth(bits)} became 0–255); --depth sets it`,
    ...(wide === 'full' ? ['  32-bit files: read by their full range'] : []),
    ...(clipped === 0 ? [] : [`  ${clipped} images have brighter values, which are white now`]),
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
    `${manyPages.length} files hold several pages: ${further} further pages not imported`,
    ...manyPages.slice(0, filesShown).map(({ path, pages, taken }) => `  ${path}: ${pages} pages, page ${taken} taken`),
    ...(manyPages.length > filesShown ? [`  … and ${manyPages.length - filesShown} more (--json lists all)`] : []),
  ]
}
