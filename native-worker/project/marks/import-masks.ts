import { join } from 'node:path'
import type { ImagesClient } from '../../../contract/images.ts'
import type { MarksImportReport } from '../../../contract/marks.ts'
import type { Project } from '../open-project.ts'
import { selectOne } from '../storage/query.ts'
import { GatheredMarks } from './gathered-marks.ts'
import type { MarkFile } from './list-mark-files.ts'
import { asMatched, matchedColumns } from './match-images.ts'
import type { MatchedImage, MatchedRow } from './match-images.ts'
import { readMasks } from './read-masks.ts'
import { recordMarks } from './record-marks.ts'

/**
 * Marks of images that were just imported, from the masks that lay beside them. Masks of files that were not imported are left; what does
 * not fit is refused by name and value. Null where there are no masks.
 * @param masks path of each mask to the path of its image, both in `root`
 */
export async function importMasks({
  project,
  importId,
  root,
  masks,
  images,
  signal,
}: {
  readonly project: Project
  readonly importId: number
  readonly root: string
  readonly masks: ReadonlyMap<string, string>
  readonly images: ImagesClient
  readonly signal?: AbortSignal | undefined
}): Promise<Pick<MarksImportReport, 'images' | 'marks' | 'refused'> | null> {
  if (masks.size === 0) return null
  const gathered = new GatheredMarks([])
  const pairs = [...masks].flatMap(([path, imagePath]): { readonly file: MarkFile; readonly image: MatchedImage }[] => {
    const row = selectOne<MatchedRow>(
      project.db,
      `SELECT ${matchedColumns} FROM images i JOIN classes c ON c.id = i.class_id
       WHERE i.import_id = :importId AND i.source_path = :imagePath`,
      { importId, imagePath },
    )
    return row === undefined ? [] : [{ file: { path, file: join(root, path) }, image: asMatched(row) }]
  })
  await readMasks({ masks: pairs, gathered, format: 'png' }, { images, signal })
  const recorded = recordMarks({ project, by: 'import', replace: false }, gathered)
  return { images: recorded.images, marks: recorded.marks, refused: gathered.refused }
}
