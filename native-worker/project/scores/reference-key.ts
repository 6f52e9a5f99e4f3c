import type { ClassId, ImageId, Sha256 } from '../../../contract/ids.ts'
import { sha256Of } from '../../files/sha256-of.ts'
import type { Project } from '../open-project.ts'
import { canonicalJson } from '../storage/canonical-json.ts'
import { selectAll } from '../storage/query.ts'
import type { Db } from '../storage/query.ts'

export interface ReferenceImage {
  readonly id: ImageId
  readonly sha256: Sha256
  readonly classId: ClassId
  /** Images of a group show one part; null for an image that is alone. */
  readonly groupId: number | null
}

/** Whenever scores would come out otherwise from the same images. */
const scoresVersion = 2

/** Images that candidates are compared with, or that tell how often a limit is wrong; of classes in use, and never of the test split. */
export const listReferenceImages = (db: Db, split: 'train' | 'val'): ReferenceImage[] =>
  selectAll(
    db,
    `SELECT i.id, i.sha256, i.class_id AS classId, i.group_id AS groupId FROM images i JOIN classes c ON c.id = i.class_id
     WHERE i.state = 'active' AND i.split = :split AND c.state = 'active' AND c.left_out = 0 ORDER BY i.class_id, i.id`,
    { split },
  )

/** SHA-256 over everything that decides scores but the candidate. */
export const referenceKey = ({ db, size }: Pick<Project, 'db' | 'size'>): string =>
  sha256Of(
    canonicalJson({
      version: scoresVersion,
      size,
      train: listReferenceImages(db, 'train').map(({ sha256, classId, groupId }) => [sha256, classId, groupId]),
      val: listReferenceImages(db, 'val').map(({ sha256, classId }) => [sha256, classId]),
    }),
  )
