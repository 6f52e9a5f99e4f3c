import type { LearnedBy } from '../../../../contract/dataset-images.ts'
import type { ImageId, RunId } from '../../../../contract/ids.ts'
import { readTextInside } from '../../../files/files-inside.ts'
import type { Project } from '../../open-project.ts'
import { selectAll } from '../../storage/query.ts'

/** Every picture that was derived of an image: a run learned from the one of its time. */
const pictures = 'SELECT image_id AS id, sha256 FROM pictures'

/** Which runs learned from some images, and from how many of these. A run keeps what it learned, whatever becomes of the images. */
export function findLearners({ db, folder }: Project, ids: readonly ImageId[]): LearnedBy[] {
  const wanted = new Set<number>(ids)
  if (wanted.size === 0) return []
  const imageOf = new Map(
    selectAll<{ id: number; sha256: string }>(db, pictures)
      .filter(({ id }) => wanted.has(id))
      .map(({ id, sha256 }) => [sha256, id]),
  )
  return selectAll<{ id: RunId }>(db, 'SELECT id FROM runs ORDER BY id').flatMap(({ id: runId }) => {
    const images = countLearned({ folder }, { runId, imageOf })
    return images === 0 ? [] : [{ runId, images }]
  })
}

/** Images that a run learned from and that were excluded since. */
export const countExcludedSince = ({ db, folder }: Pick<Project, 'db' | 'folder'>, runId: RunId): number =>
  countLearned(
    { folder },
    {
      runId,
      imageOf: new Map(
        selectAll<{ id: number; sha256: string }>(
          db,
          `SELECT p.sha256, p.id FROM (${pictures}) p JOIN images i ON i.id = p.id WHERE i.state = 'excluded'
             AND NOT EXISTS (SELECT 1 FROM images a WHERE a.sha256 = p.sha256 AND a.state = 'active')`,
        ).map(({ id, sha256 }) => [sha256, id]),
      ),
    },
  )

function countLearned(
  { folder }: Pick<Project, 'folder'>,
  { runId, imageOf }: { readonly runId: RunId; readonly imageOf: ReadonlyMap<string, number> },
): number {
  if (imageOf.size === 0) return 0
  const lines = readTextInside(folder, `runs/${runId}/images.txt`)?.split('\n') ?? []
  return new Set(lines.map((line) => imageOf.get(line)).filter((id) => id !== undefined)).size
}
