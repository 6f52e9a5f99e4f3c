import type { RandomStream } from '../../../random/random-stream.ts'
import type { Raster } from '../../composing/raster.ts'

/** Pixels an edge of a patch. */
export const patchEdge = 7

/**
 * For every patch of a picture, row by row of (width − 6) × (height − 6), a patch of one of several sources of the same size.
 * `place` counts the sources' patches one source after the other.
 */
export interface PatchField {
  readonly place: Int32Array
  readonly distance: Float32Array
}

interface Matching {
  readonly picture: Raster
  readonly sources: readonly Raster[]
}

/** Looks at every patch of every source: for small pictures, from which the finer ones take their start. */
export function matchAll({ picture, sources }: Matching): PatchField {
  const field = emptyField(picture)
  const perSource = field.place.length
  for (let patch = 0; patch < perSource; patch++)
    for (let place = 0; place < sources.length * perSource; place++) improve(field, { picture, sources, patch, place })
  return field
}

/**
 * PatchMatch (Barnes et al. 2009): a start is bettered by what neighbours have found, moved along, and by random places around it,
 * ever nearer.
 * @param start places; a negative one is none
 */
export function matchFrom(
  start: Int32Array,
  { picture, sources, random }: Matching & { readonly random: RandomStream },
): PatchField {
  const field = emptyField(picture)
  const across = picture.width - patchEdge + 1
  const down = picture.height - patchEdge + 1
  const perSource = across * down
  const tryPlace = (patch: number, place: number): void => improve(field, { picture, sources, patch, place })
  start.forEach((place, patch) => {
    tryPlace(patch, place >= 0 ? place : random.integer(sources.length * perSource))
    // The same place of another source: layouts of a class are alike.
    tryPlace(patch, random.integer(sources.length) * perSource + patch)
  })
  for (let round = 0; round < rounds; round++) {
    const step = round % 2 === 0 ? 1 : -1
    for (let index = 0; index < perSource; index++) {
      const patch = step === 1 ? index : perSource - 1 - index
      const [row, column] = [Math.floor(patch / across), patch % across]
      if (column - step >= 0 && column - step < across) follow(patch, { from: patch - step, right: step, below: 0 })
      if (row - step >= 0 && row - step < down) follow(patch, { from: patch - step * across, right: 0, below: step })
      for (let reach = Math.max(across, down) / 2; reach >= 1; reach /= 2) searchAround(patch, reach)
    }
  }
  return field

  function follow(patch: number, { from, right, below }: { from: number; right: number; below: number }): void {
    const found = field.place[from] ?? 0
    const inSource = found % perSource
    const [row, column] = [Math.floor(inSource / across) + below, (inSource % across) + right]
    if (row < 0 || row >= down || column < 0 || column >= across) return
    tryPlace(patch, found - inSource + row * across + column)
  }

  function searchAround(patch: number, reach: number): void {
    const inSource = (field.place[patch] ?? 0) % perSource
    const near = (middle: number, count: number): number => {
      const low = Math.max(0, Math.ceil(middle - reach))
      const high = Math.min(count - 1, Math.floor(middle + reach))
      return low + random.integer(high - low + 1)
    }
    const row = near(Math.floor(inSource / across), down)
    const column = near(inSource % across, across)
    tryPlace(patch, random.integer(sources.length) * perSource + row * across + column)
  }
}

const rounds = 3

const emptyField = ({ width, height }: Raster): PatchField => {
  const patches = (width - patchEdge + 1) * (height - patchEdge + 1)
  return { place: new Int32Array(patches).fill(-1), distance: new Float32Array(patches).fill(Infinity) }
}

/** Takes the place where it is nearer than what was found. */
function improve(
  field: PatchField,
  { picture, sources, patch, place }: Matching & { readonly patch: number; readonly place: number },
): void {
  if (field.place[patch] === place) return
  const { width, channels } = picture
  const perSource = field.place.length
  const source = sources[Math.floor(place / perSource)]
  if (source === undefined) return
  const own = picture.values
  const other = source.values
  const across = width - patchEdge + 1
  const least = field.distance[patch] as number
  const inSource = place % perSource
  const line = width * channels
  let at = (Math.floor(patch / across) * width + (patch % across)) * channels
  let from = (Math.floor(inSource / across) * width + (inSource % across)) * channels
  let distance = 0
  for (let row = 0; row < patchEdge && distance < least; row++) {
    for (let value = 0; value < patchEdge * channels; value++) {
      const difference = (own[at + value] as number) - (other[from + value] as number)
      distance += difference * difference
    }
    at += line
    from += line
  }
  if (distance >= least) return
  field.place[patch] = place
  field.distance[patch] = distance
}
