import type { MapPoint, MapState } from '../../../contract/map.ts'
import { readFeatures } from '../../files/feature-file.ts'
import { resolveInside } from '../../files/resolve-inside.ts'
import type { Project } from '../../project/open-project.ts'
import { listClassesInUse } from '../../project/storage/classes.ts'
import { featuresFolder } from '../scores/prepare-scoring.ts'
import { keptMaps, listMapPictures } from './map-pictures.ts'

/** The map as it was last drawn, with what has been decided about its pictures since. */
export function describeMap(project: Project): MapState {
  const { real, candidates, unscored, fileName } = listMapPictures(project)
  const kept = keptMaps(project.folder)
  const isCurrent = kept.includes(fileName)
  const name = isCurrent ? fileName : kept[0]
  const places =
    name === undefined
      ? new Map<never, never>()
      : readFeatures(resolveInside(project.folder, `${featuresFolder}/${name}`), 2)
  const points = [...real.map((image) => ({ ...image, kind: 'real', runId: null }) as const), ...candidates].flatMap(
    (picture): MapPoint[] => {
      const [x, y] = places.get(picture.sha256) ?? []
      return x === undefined || y === undefined ? [] : [{ ...picture, x, y }]
    },
  )
  return {
    points,
    missing: real.length + candidates.length - points.length,
    isCurrent,
    unscored,
    classes: listClassesInUse(project.db).map(({ id, name: className }) => ({ classId: id, name: className })),
  }
}
