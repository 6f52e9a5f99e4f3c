import type { RandomStream } from '../../../random/random-stream.ts'
import { standardDeviation } from '../../composing/deviations.ts'
import { restoreGrain } from '../../composing/grain.ts'
import { wholeMask, type Raster } from '../../composing/raster.ts'
import { mirrorAtRandom, type Symmetry } from '../../composing/symmetry.ts'
import { resizeRaster } from '../../composing/resize-raster.ts'
import { matchAll, matchFrom, patchEdge, type PatchField } from './nearest-patches.ts'
import { vote } from './vote.ts'

/** From one scale to the next coarser. */
const ratio = 0.75
/** The coarsest has at least this many pixels an edge: three patches. */
const coarsest = 3 * patchEdge
/** Images looked at for their tone, and how many of them give patches. */
const mostLookedAt = 9
const mostSources = 3
/** Of the votes, pixels. */
const wide = 2.5
const narrow = 1

/**
 * A new texture by nearest neighbours of patches on several scales (the family of GPNN, Granot et al. 2022): the layout of one image,
 * made of patches of others of its class that are nearest to it in tone. Where there is only one image, it is its own source.
 */
export function patchworkSample({
  images,
  symmetry,
  random,
}: {
  readonly images: readonly Raster[]
  readonly symmetry: Symmetry
  readonly random: RandomStream
}): Raster {
  const pool = images.map((image) => mirrorAtRandom(image, { symmetry, random }))
  const [layout, ...others] = take(pool, { count: mostLookedAt + 1, random })
  if (layout === undefined) throw new Error('no image of the class')
  const sources = others.length === 0 ? [layout] : nearestInTone(others, layout).slice(0, mostSources)
  const scales = scalesOf(layout.width)

  let picture = layout
  let field: PatchField | null = null
  let before = 0
  scales.forEach((edge, level) => {
    const shape = { height: edge, width: edge }
    const sharp = sources.map((source) => resizeRaster(source, shape))
    picture = resizeRaster(picture, shape)
    if (level > 0) {
      // What came up from below is soft: it is compared with what is as soft.
      const soft = sources.map((source) => resizeRaster(resizeRaster(source, { height: before, width: before }), shape))
      field = matchFrom(enlarged(field, { from: before, to: edge, sources: sources.length }), {
        picture,
        sources: soft,
        random,
      })
      picture = vote(field, { sources: sharp, spread: wide })
    }
    field =
      field === null
        ? matchAll({ picture, sources: sharp })
        : matchFrom(field.place, { picture, sources: sharp, random })
    picture = vote(field, { sources: sharp, spread: level === scales.length - 1 ? narrow : wide })
    before = edge
  })
  return restoreGrain({ picture, background: sources[0] ?? layout, mask: wholeMask(picture), random })
}

/** Edges from coarse to fine. */
function scalesOf(size: number): readonly number[] {
  const scales = [size]
  for (let edge = size * ratio; Math.round(edge) >= coarsest; edge *= ratio) scales.unshift(Math.round(edge))
  return scales
}

function take<Item>(
  items: readonly Item[],
  { count, random }: { readonly count: number; readonly random: RandomStream },
): readonly Item[] {
  const left = [...items]
  return Array.from(
    { length: Math.min(count, left.length) },
    () => left.splice(random.integer(left.length), 1)[0] as Item,
  )
}

function nearestInTone(images: readonly Raster[], to: Raster): readonly Raster[] {
  const toneOf = ({ values }: Raster): readonly [number, number] => [
    values.reduce((sum, value) => sum + value, 0) / values.length,
    standardDeviation(values),
  ]
  const [level, contrast] = toneOf(to)
  return images
    .map((image) => ({ image, tone: toneOf(image) }))
    .map(({ image, tone }) => ({ image, apart: Math.hypot(tone[0] - level, tone[1] - contrast) }))
    .sort((a, b) => a.apart - b.apart)
    .map(({ image }) => image)
}

/** Places of a coarser picture's patches as places of a finer one's. */
function enlarged(
  field: PatchField | null,
  { from, to, sources }: { readonly from: number; readonly to: number; readonly sources: number },
): Int32Array {
  const coarse = from - patchEdge + 1
  const fine = to - patchEdge + 1
  const along = (place: number, { was, is }: { was: number; is: number }): number =>
    was <= 1 ? 0 : Math.round((place * (is - 1)) / (was - 1))
  return Int32Array.from({ length: fine * fine }, (_, patch) => {
    const row = along(Math.floor(patch / fine), { was: fine, is: coarse })
    const column = along(patch % fine, { was: fine, is: coarse })
    const found = field?.place[row * coarse + column] ?? -1
    if (found < 0) return -1
    const source = Math.min(sources - 1, Math.floor(found / (coarse * coarse)))
    const inSource = found % (coarse * coarse)
    return (
      source * fine * fine +
      along(Math.floor(inSource / coarse), { was: coarse, is: fine }) * fine +
      along(inSource % coarse, { was: coarse, is: fine })
    )
  })
}
