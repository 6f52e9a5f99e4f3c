import type { ClassId, ImageId, RunId, SampleId, Sha256 } from '../../../contract/ids.ts'
import type { MapKind } from '../../../contract/map.ts'
import { selectAll } from './query.ts'
import type { Db } from './query.ts'

interface MappableImage {
  readonly id: ImageId
  readonly sha256: Sha256
  readonly classId: ClassId
  readonly distance: number | null
}

export interface MappableSample {
  readonly id: SampleId
  readonly sha256: Sha256
  readonly classId: ClassId
  readonly runId: RunId
  readonly kind: Exclude<MapKind, 'real'>
  /** Null where it has no scores against the last reference. */
  readonly distance: number | null
}

/** Train images of classes in use. */
export const listMappableImages = (db: Db): MappableImage[] =>
  selectAll(
    db,
    `SELECT i.id, i.sha256, i.class_id AS classId, x.value AS distance
     FROM images i JOIN classes c ON c.id = i.class_id
       LEFT JOIN real_scores x ON x.image_id = i.id AND x.name = 'randomDistance'
         AND x.reference_id = (SELECT MAX(id) FROM score_references)
     WHERE i.state = 'active' AND i.split = 'train' AND c.state = 'active' AND c.left_out = 0 ORDER BY i.id`,
  )

/** Candidates of classes in use that are of the project's size. */
export const listMappableSamples = (db: Db, { size }: { readonly size: number }): MappableSample[] =>
  selectAll(
    db,
    `SELECT s.id, s.sha256, c.id AS classId, s.run_id AS runId, x.value AS distance,
       CASE WHEN s.state = 'pending' AND s.gate IS NOT NULL AND s.released = 0 THEN 'quarantined' ELSE s.state END AS kind
     FROM samples s JOIN runs r ON r.id = s.run_id JOIN classes d ON d.id = s.class_id
       JOIN classes c ON c.id = COALESCE(d.merged_into, d.id)
       LEFT JOIN sample_scores x ON x.sample_id = s.id AND x.name = 'randomDistance'
         AND x.reference_id = (SELECT MAX(id) FROM score_references)
     WHERE r.size = :size AND c.state = 'active' AND c.left_out = 0 ORDER BY s.id`,
    { size },
  )
