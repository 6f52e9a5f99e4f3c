import type { MapPoint } from '../../../../contract/map.ts'

type Shown = Pick<MapPoint, 'id' | 'sha256'>

/** The same pictures in the same order, whatever was decided about them. */
export const showSame = (points: readonly Shown[], before: readonly Shown[]): boolean =>
  points.length === before.length &&
  points.every(({ id, sha256 }, index) => id === before[index]?.id && sha256 === before[index].sha256)
