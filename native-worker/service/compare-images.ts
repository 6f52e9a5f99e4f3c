import { findNearDuplicates } from '../project/dataset/groups/find-near-duplicates.ts'
import type { Project } from '../project/open-project.ts'
import { readGroupState } from '../project/storage/groups.ts'
import { hasUnassignedImages, readSplits } from '../project/storage/splits.ts'
import { announceDataset } from './announce-dataset.ts'
import type { ServiceContext } from './service-context.ts'

type CompareContext = Pick<ServiceContext, 'jobs' | 'images'> & { readonly signal: AbortSignal }

/**
 * Compares the images of a project whose splits are about to be locked, where some never were: an import that was killed or cancelled
 * divides what it has recorded before it has looked for images of the same part, and a lock would keep these apart for ever. Throws what
 * `findNearDuplicates` throws, and `cancelled`: then nothing is to be locked.
 * @returns whether the images may have been divided otherwise
 */
export async function compareBeforeLock(project: Project, context: CompareContext): Promise<boolean> {
  if (readSplits(project.db).lockedAt !== null || readGroupState(project.db).unsearched === 0) return false
  await compareImages(project, context)
  return true
}

/** Gives a side to images that no split holds, before anything counts on them. Throws what `findNearDuplicates` throws, and `cancelled`. */
export async function compareUndivided(project: Project, context: CompareContext): Promise<void> {
  if (hasUnassignedImages(project.db)) await compareImages(project, context)
}

/** The same in the background, where images of a locked project came back or an import was cut off; whoever looks sees them meanwhile. */
export function startComparingUndivided(
  project: Project,
  { jobs, images, events }: Pick<ServiceContext, 'jobs' | 'images' | 'events'>,
): void {
  if (!hasUnassignedImages(project.db) || jobs.active().some(({ kind }) => comparing.has(kind))) return
  jobs.start('groups.find', async ({ signal, report }) => {
    const state = await findNearDuplicates({ project, images, signal, onProgress: report })
    announceDataset(events, project.db)
    return state
  })
}

/** Jobs that end in a comparison of all images. */
const comparing: ReadonlySet<string> = new Set(['groups.find', 'dataset.import', 'frames.cut'])

const compareImages = (project: Project, { jobs, images, signal }: CompareContext): Promise<unknown> =>
  jobs.perform('groups.find', {
    signal,
    work: (watch) => findNearDuplicates({ project, images, signal: watch.signal, onProgress: watch.report }),
  })
