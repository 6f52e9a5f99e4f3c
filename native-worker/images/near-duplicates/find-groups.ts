import { spectrumLength } from './band.ts'
import type { Component } from './components.ts'
import { componentsOf } from './components.ts'
import { correlate } from './correlate.ts'
import { compose, inverse } from './orientations.ts'
import type { Pair } from './pair-finder.ts'
import type { Aligned } from './without-common.ts'
import { withoutCommon } from './without-common.ts'

export interface Member {
  readonly image: number
  /** With the first member; 1 for that one. */
  readonly correlation: number
  /** How the first member lies on this one: index into `orientations`. */
  readonly orientation: number
}

export interface FoundGroups {
  /** At least two members each; the first is the one that is most like the others. */
  readonly groups: readonly (readonly Member[])[]
  /** Pairs that were confirmed. */
  readonly pairs: number
}

interface Search {
  /** Of all pictures, one after the other. */
  readonly spectra: Int8Array
  readonly count: number
  readonly threshold: number
  /** All pairs among pictures that correlate by at least the threshold, each once. */
  readonly findPairs: (pictures: { readonly spectra: Int8Array; readonly count: number }) => Promise<readonly Pair[]>
}

/** As many that are alike are more likely alike by design than views of one part. */
const fewestAlike = 64
/** In 1/64 of the edge, between a member and the first, which others may link. */
const memberReach = 10
/** A member correlates with the first one by at least this share of what is asked of a pair. */
const memberShare = 0.8
const deepest = 3

/**
 * Pictures of the same part, by what they show alone. Where many pictures are alike, they are looked at again without what they have in
 * common. A picture that hangs together with a group only through others, like neighbouring frames of a strip, leaves it.
 */
export const findGroups = (search: Search): Promise<FoundGroups> => groupPictures(search, 0)

async function groupPictures(search: Search, depth: number): Promise<FoundGroups> {
  const { spectra, count, threshold } = search
  const pairs = await search.findPairs({ spectra, count })
  const groups: (readonly Member[])[] = []
  let confirmed = pairs.length
  for (const component of componentsOf(pairs)) {
    if (component.images.length < fewestAlike || depth === deepest) {
      groups.push(...withoutChains(component, { spectra, threshold }))
      continue
    }
    const pictures = aligned(component, spectra)
    const target = new Int8Array(new SharedArrayBuffer(pictures.length * spectrumLength))
    withoutCommon(spectra, { pictures, target })
    const again = await groupPictures({ ...search, spectra: target, count: pictures.length }, depth + 1)
    groups.push(
      ...again.groups.map((members) => members.map((each) => ({ ...each, image: pictures[each.image]?.image ?? 0 }))),
    )
    confirmed += again.pairs - component.pairs.length
  }
  return { groups, pairs: confirmed }
}

/** All as the one in the middle lies on them. */
function aligned(component: Component, spectra: Int8Array): readonly Aligned[] {
  const middle = middleOf(component)
  return [...orientationsFrom(middle, component.pairs)].map(([image, orientation]) => {
    const { x, y } = correlate(spectra, { first: image, second: middle, orientation, reach: memberReach })
    return { image, orientation, x, y }
  })
}

/** Those that correlate with the one in the middle; what is left is grouped among itself. */
function withoutChains(
  component: Component,
  { spectra, threshold }: { readonly spectra: Int8Array; readonly threshold: number },
): readonly (readonly Member[])[] {
  const groups: (readonly Member[])[] = []
  const waiting = [component]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const middle = middleOf(next)
    const members: Member[] = [{ image: middle, correlation: 1, orientation: 0 }]
    const left = new Set<number>()
    for (const [image, orientation] of orientationsFrom(middle, next.pairs)) {
      if (image === middle) continue
      const { value } = correlate(spectra, { first: image, second: middle, orientation, reach: memberReach })
      if (value >= threshold * memberShare) members.push({ image, correlation: value, orientation })
      else left.add(image)
    }
    // Alone in the middle, it would come back as the middle for ever.
    if (members.length > 1)
      groups.push([...members.slice(0, 1), ...members.slice(1).sort((a, b) => b.correlation - a.correlation)])
    if (left.size > 1)
      waiting.push(...componentsOf(next.pairs.filter(({ first, second }) => left.has(first) && left.has(second))))
  }
  return groups
}

function middleOf({ images, pairs }: Component): number {
  const sums = new Map<number, number>()
  for (const { first, second, correlation } of pairs)
    for (const image of [first, second]) sums.set(image, (sums.get(image) ?? 0) + correlation)
  return images.reduce((best, image) => ((sums.get(image) ?? 0) > (sums.get(best) ?? 0) ? image : best), images[0] ?? 0)
}

/** How the middle lies on each image, along the strongest pairs that lead there. */
function orientationsFrom(middle: number, pairs: readonly Pair[]): ReadonlyMap<number, number> {
  const neighbours = new Map<number, { readonly image: number; readonly orientation: number }[]>()
  const add = (from: number, to: { readonly image: number; readonly orientation: number }): void => {
    const own = neighbours.get(from)
    if (own === undefined) neighbours.set(from, [to])
    else own.push(to)
  }
  for (const { first, second, orientation } of [...pairs].sort((a, b) => b.correlation - a.correlation)) {
    add(second, { image: first, orientation })
    add(first, { image: second, orientation: inverse[orientation] ?? 0 })
  }
  const found = new Map([[middle, 0]])
  // Grows while it is walked.
  for (const [image, before] of found)
    for (const { image: next, orientation } of neighbours.get(image) ?? [])
      if (!found.has(next)) found.set(next, compose[before]?.[orientation] ?? 0)
  return found
}
