import { assertEnoughSpace, bytesOnDisk, freeBytesOf } from '../../files/free-space.ts'
import type { Project } from '../open-project.ts'
import { summarizeOriginals } from '../storage/originals.ts'

/**
 * Before files are imported whose bytes are kept. What the project keeps already may be these very files: a folder can be
 * imported again on a disk that has no room for it twice. Throws `disk_space_low`.
 */
export async function assertRoomForOriginals(
  { db, folder }: Pick<Project, 'db' | 'folder'>,
  files: readonly { readonly sizeBytes: number }[],
): Promise<void> {
  const { keptBytes } = summarizeOriginals(db)
  const neededBytes = Math.max(0, bytesOnDisk(files.map(({ sizeBytes }) => sizeBytes)) - keptBytes)
  assertEnoughSpace({ folder, neededBytes, freeBytes: await freeBytesOf(folder) })
}
