import type { MapDrawn } from '../../../contract/map.ts'
import { readFeatures } from '../../files/feature-file.ts'
import { makeFolderInside, removeInside } from '../../files/files-inside.ts'
import { resolveFolderInside, resolveInside } from '../../files/resolve-inside.ts'
import type { Project } from '../../project/open-project.ts'
import type { ComputeRuntime } from '../children/compute-runtime.ts'
import { runTrainerTask } from '../children/run-trainer-task.ts'
import type { JobContext } from '../jobs/jobs.ts'
import { featuresFolder } from '../scores/prepare-scoring.ts'
import { hashesOf, keptMaps, listMapPictures } from './map-pictures.ts'

/** Draws the map of the pictures as they are now in a trainer child, unless it is there already, and drops older ones. */
export async function drawProjectMap({
  project,
  runtime,
  signal,
  report,
}: JobContext & { readonly project: Project; readonly runtime: ComputeRuntime }): Promise<MapDrawn> {
  const { folder } = project
  const { real, candidates, fileName } = listMapPictures(project)
  const file = resolveInside(folder, `${featuresFolder}/${fileName}`)
  if (!keptMaps(folder).includes(fileName)) {
    makeFolderInside(folder, featuresFolder)
    await runTrainerTask({
      ...{ runtime, signal },
      task: {
        ...{ kind: 'map', file, featuresFolder: resolveFolderInside(folder, featuresFolder) },
        ...{ real: [...hashesOf(real)], candidates: [...hashesOf(candidates)] },
      },
      onReport: (message) => {
        if (message.kind === 'stageProgressed') report(message.done, message.total)
      },
    })
  }
  for (const name of keptMaps(folder)) if (name !== fileName) removeInside(folder, `${featuresFolder}/${name}`)
  return { pictures: readFeatures(file, 2).size }
}
