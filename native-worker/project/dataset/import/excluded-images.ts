import type { ImageId, Sha256 } from '../../../../contract/ids.ts'
import type { PatchPlace } from '../../storage/patches.ts'
import { selectAll } from '../../storage/query.ts'
import type { Db } from '../../storage/query.ts'
import { UndoneChanges } from '../changes/undone-changes.ts'

export interface ExcludedImage {
  readonly id: ImageId
  readonly className: string
  readonly sourcePath: string
  readonly sourceSha256: Sha256
  /** Nobody has said yet which of several classes it is; else a person left it out. */
  readonly isDisputed: boolean
}

/**
 * Images that stay excluded when their files come again: as a person wants it, and those whose class nobody has said yet. What an undone
 * import, a removed class or a change of size left out may come again as what it is then. For one import: undone changes are read once.
 */
export class ExcludedImages {
  readonly #db: Db
  #undone: UndoneChanges | null = null

  constructor(db: Db) {
    this.#db = db
  }

  /** Of these bytes: as they were imported, or as an export wrote them. */
  find(sha256: Sha256): ExcludedImage | undefined {
    const candidates = selectAll<Omit<ExcludedImage, 'isDisputed'> & { readonly isDisputed: 0 | 1 }>(
      this.#db,
      `SELECT i.id, c.name AS className, i.source_path AS sourcePath, i.source_sha256 AS sourceSha256,
              EXISTS (SELECT 1 FROM label_claims l WHERE l.image_id = i.id AND l.settled_at IS NULL) AS isDisputed
       FROM images i JOIN classes c ON c.id = i.class_id
       WHERE i.id IN (
         SELECT id FROM images WHERE source_sha256 = :sha256 AND state = 'excluded' AND frame = 0
         UNION SELECT p.image_id FROM pictures p JOIN images o ON o.id = p.image_id
         WHERE p.sha256 = :sha256 AND o.state = 'excluded')
       ORDER BY i.id`,
      { sha256 },
    )
    const found = candidates.find(({ id, isDisputed }) => isDisputed === 1 || this.#isWanted(id))
    return found === undefined ? undefined : { ...found, isDisputed: found.isDisputed === 1 }
  }

  /** Whether a person has left out what was cut here before: the frames of a project are cut again with every new box. */
  holdsPatch({ sourceSha256, window }: PatchPlace): boolean {
    return selectAll<{ id: ImageId }>(
      this.#db,
      `SELECT id FROM images WHERE source_sha256 = :sourceSha256 AND state = 'excluded' AND frame = 1
         AND rect_x = :x AND rect_y = :y AND rect_width = :width AND rect_height = :height`,
      { sourceSha256, ...window },
    ).some(({ id }) => this.#isWanted(id))
  }

  /** Whether the last word about it that stands is that of a person about this very image. */
  #isWanted(imageId: ImageId): boolean {
    const decisions = selectAll<{ id: number; kind: string }>(
      this.#db,
      `SELECT id, kind FROM dataset_changes
       WHERE image_id = :imageId AND kind <> 'undo' AND (after ->> 'state' IS NOT NULL OR kind = 'settle-conflict')
       ORDER BY id DESC`,
      { imageId },
    )
    this.#undone ??= new UndoneChanges(this.#db)
    const undone = this.#undone
    const last = decisions.find(({ id }) => undone.stands(id))
    return last !== undefined && ['exclude', 'settle-conflict'].includes(last.kind)
  }
}
