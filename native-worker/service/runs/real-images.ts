import type { RunId } from '../../../contract/ids.ts'
import type { RealImages } from '../../../contract/training.ts'
import { evenlySpread } from '../../metrics/evenly-spread.ts'
import type { Project } from '../../project/open-project.ts'
import { imagesByClass } from './image-list.ts'
import { readRunTask } from './run-task.ts'

/**
 * Some of the images that a run learned from, as pictures of its own size.
 * @throws FlawsmithError `run_not_resumable` where the list of them is gone or is not the one that was written
 */
export const realImagesOf = (
  project: Project,
  { runId, perClass }: { readonly runId: RunId; readonly perClass: number },
): readonly RealImages[] =>
  imagesByClass(project, { runId, classes: readRunTask(project, runId).set.classes }).map(({ name, images }) => ({
    className: name,
    images: evenlySpread(images, perClass),
  }))
