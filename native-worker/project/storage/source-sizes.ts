import type { ClassId } from '../../../contract/ids.ts'
import { selectAll } from './query.ts'
import type { Db } from './query.ts'

/** In which sizes the images of a class came, in pixels. */
export interface SourceSizes {
  readonly classId: ClassId
  readonly minWidth: number
  readonly maxWidth: number
  readonly minHeight: number
  readonly maxHeight: number
}

export const readSourceSizes = (db: Db): SourceSizes[] =>
  selectAll(
    db,
    `SELECT class_id AS classId, MIN(source_width) AS minWidth, MAX(source_width) AS maxWidth,
            MIN(source_height) AS minHeight, MAX(source_height) AS maxHeight
     FROM images WHERE state = 'active' GROUP BY class_id`,
  )
