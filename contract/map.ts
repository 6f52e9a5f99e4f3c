import * as v from 'valibot'
import type { ClassId, ImageId, RunId, SampleId, Sha256 } from './ids.ts'

/** What a point of the map is. Images of test are never on it. */
export const MapKind = v.picklist(['real', 'pending', 'quarantined', 'accepted', 'rejected'])
export type MapKind = v.InferOutput<typeof MapKind>

interface PlacedPicture {
  readonly sha256: Sha256
  readonly classId: ClassId
  /** Both between −1 and 1. */
  readonly x: number
  readonly y: number
  /** To the nearest real image of the class, by features of a fixed network: 1 is usual between real images; null where not measured. */
  readonly distance: number | null
}

export type MapPoint = PlacedPicture &
  (
    | { readonly kind: 'real'; readonly id: ImageId; readonly runId: null }
    | { readonly kind: Exclude<MapKind, 'real'>; readonly id: SampleId; readonly runId: RunId }
  )

/** Train images and scored candidates of the project's size on a plane, alike ones near each other. */
export interface MapState {
  /** Where they were put when the map was last drawn; none before the first time. */
  readonly points: readonly MapPoint[]
  /** Pictures that could be on it and are not: it has to be drawn again. */
  readonly missing: number
  /** Drawn of exactly these pictures. */
  readonly isCurrent: boolean
  /** Candidates without scores: of what is not measured nothing can be drawn. */
  readonly unscored: number
  readonly classes: readonly { readonly classId: ClassId; readonly name: string }[]
}

/** Pictures that were put on the map. */
export interface MapDrawn {
  readonly pictures: number
}
