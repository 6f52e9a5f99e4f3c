import { maskOf } from '../../../contract/mark-shapes.ts'
import { stretchesOfRuns } from '../../../contract/mask-runs.ts'
import { cocoDocument } from '../marks/formats/coco-document.ts'
import type { Db } from '../storage/query.ts'
import { readMaskOfAccepted } from '../storage/samples.ts'
import type { WrittenFile } from './draft-export.ts'

/**
 * COCO's annotations of the synthetic pictures whose recipe put a defect in a known place; none where there is no such picture.
 * Pictures without a known place are not in it.
 */
export function syntheticMasks(
  db: Db,
  { files, classNames }: { readonly files: readonly WrittenFile[]; readonly classNames: readonly string[] },
): readonly { readonly path: string; readonly text: string }[] {
  const images = files.flatMap(({ path, className, width, height, sha256, origin }) => {
    const runs = origin.kind === 'synthetic' ? readMaskOfAccepted(db, sha256) : null
    const shape = runs === null ? null : maskOf(stretchesOfRuns(runs, width))
    return shape === null ? [] : [{ fileName: path, width, height, className, shapes: [shape] }]
  })
  if (images.length === 0) return []
  const description = 'Where the defects of synthetic pictures lie, exported by Flawsmith'
  return [{ path: 'synthetic-masks.json', text: cocoDocument({ description, images, classNames }) }]
}
