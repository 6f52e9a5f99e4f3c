import type { ClassId } from '../../../../contract/ids.ts'
import type { MapKind, MapPoint, MapState } from '../../../../contract/map.ts'

/** What the map shows of a class, for those who cannot see it. */
interface MapRow {
  readonly classId: ClassId
  readonly name: string
  readonly counts: Readonly<Record<MapKind, number>>
  /** Median distance to the nearest real image, of real images among each other and of candidates; null where none was measured. */
  readonly realDistance: number | null
  readonly candidateDistance: number | null
  readonly candidates: readonly MapPoint[]
}

export const mapRows = ({ points, classes }: Pick<MapState, 'points' | 'classes'>): readonly MapRow[] =>
  classes.flatMap(({ classId, name }) => {
    const own = points.filter((point) => point.classId === classId)
    if (own.length === 0) return []
    const counts = { real: 0, pending: 0, quarantined: 0, accepted: 0, rejected: 0 }
    for (const { kind } of own) counts[kind] += 1
    const candidates = own.filter(({ kind }) => kind !== 'real')
    const real = own.filter(({ kind }) => kind === 'real')
    return [
      {
        ...{ classId, name, counts, candidates },
        realDistance: medianDistance(real),
        candidateDistance: medianDistance(candidates),
      },
    ]
  })

function medianDistance(points: readonly MapPoint[]): number | null {
  const sorted = points.flatMap(({ distance }) => distance ?? []).sort((a, b) => a - b)
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]]
  return low === undefined || high === undefined ? null : (low + high) / 2
}
