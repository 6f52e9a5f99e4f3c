import { findNearDuplicates } from '../project/dataset/groups/find-near-duplicates.ts'
import type { Project } from '../project/open-project.ts'
import { readGroupState } from '../project/storage/groups.ts'
import { readSplits } from '../project/storage/splits.ts'
import type { ServiceContext } from './service-context.ts'

/**
 * Compares the images of a project whose splits are about to be locked, where some never were: an import that was killed or cancelled
 * divides what it has recorded before it has looked for images of the same part, and a lock would keep these apart for ever. Throws what
 * `findNearDuplicates` throws, and `cancelled`: then nothing is to be locked.
 * @returns whether the images may have been divided otherwise
 */
export async function compareBeforeLock(
  project: Project,
  { jobs, images, signal }: Pick<ServiceContext, 'jobs' | 'images'> & { readonly signal: AbortSignal },
): Promise<boolean> {
  if (readSplits(project.db).lockedAt !== null || readGroupState(project.db).unsearched === 0) return false
  await jobs.perform('groups.find', {
    signal,
    work: (watch) => findNearDuplicates({ project, images, signal: watch.signal, onProgress: watch.report }),
  })
  return true
}
