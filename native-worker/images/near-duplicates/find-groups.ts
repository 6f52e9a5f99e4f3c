import { spectrumLength } from './band.ts'
import type { Pair } from './confirm-pairs.ts'
import { confirmPairs } from './confirm-pairs.ts'
import { correlate } from './correlate.ts'
import { compose, inverse } from './orientations.ts'
import type { Aligned } from './without-common.ts'
import { fewestWithCommon, withoutCommon } from './without-common.ts'

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
  readonly spectra: Int8Array
  readonly count: number
  readonly threshold: number
  readonly onImage?: (done: number) => void
}

/** In 1/64 of the edge, between a member and the first, which others may link. */
const memberReach = 10
/** A member correlates with the first one by at least this share of what is asked of a pair. */
const memberShare = 0.8
const deepest = 3

/**
 * Pictures of the same part, by what they show alone. Where many pictures are alike as a whole, they are looked at again without what
 * they have in common. A picture that hangs together with a group only through others, like neighbouring frames of a strip, leaves it.
 */
export function findGroups(search: Search): FoundGroups {
  const pictures: Aligned[] = []
  for (let image = 0; image < search.count; image++)
    if (showsSomething(search.spectra, image)) pictures.push({ image, orientation: 0, x: 0, y: 0 })
  return groupPictures(search, { pictures, depth: 0 })
}

function groupPictures(
  { spectra: given, count, threshold, onImage }: Search,
  { pictures, depth }: { readonly pictures: readonly Aligned[]; readonly depth: number },
): FoundGroups {
  const spectra = depth === 0 ? given : withoutCommon(given, pictures)
  const chosen = new Uint8Array(count)
  for (const { image } of pictures) chosen[image] = 1
  const isWanted = (image: number): boolean => chosen[image] === 1
  const pairs = confirmPairs({ spectra, count, isWanted, threshold, ...(onImage === undefined ? {} : { onImage }) })
  const groups: (readonly Member[])[] = []
  let confirmed = pairs.length
  for (const component of componentsOf(pairs)) {
    if (component.images.length >= fewestWithCommon && depth < deepest) {
      const again = groupPictures(
        { spectra, count, threshold },
        { pictures: aligned(component, spectra), depth: depth + 1 },
      )
      groups.push(...again.groups)
      confirmed += again.pairs - component.pairs.length
    } else groups.push(...withoutChains(component, { spectra, threshold }))
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

const showsSomething = (spectra: Int8Array, image: number): boolean =>
  spectra.subarray(image * spectrumLength, (image + 1) * spectrumLength).some((value) => value !== 0)

interface Component {
  readonly images: readonly number[]
  readonly pairs: readonly Pair[]
}

function componentsOf(pairs: readonly Pair[]): readonly Component[] {
  const parents = new Map<number, number>()
  const rootOf = (image: number): number => {
    let root = image
    for (let parent = parents.get(root); parent !== undefined && parent !== root; parent = parents.get(root)) root = parent
    for (let at = image; at !== root; ) {
      const next = parents.get(at) ?? root
      parents.set(at, root)
      at = next
    }
    return root
  }
  for (const { first, second } of pairs) {
    const [a, b] = [rootOf(first), rootOf(second)]
    parents.set(a, a)
    parents.set(b, a)
  }
  const components = new Map<number, { images: number[]; pairs: Pair[] }>()
  const componentOf = (image: number): { images: number[]; pairs: Pair[] } => {
    const root = rootOf(image)
    const known = components.get(root)
    if (known !== undefined) return known
    const made = { images: [], pairs: [] }
    components.set(root, made)
    return made
  }
  for (const image of [...parents.keys()].sort((a, b) => a - b)) componentOf(image).images.push(image)
  for (const pair of pairs) componentOf(pair.first).pairs.push(pair)
  return [...components.values()]
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
    if (members.length > 1) groups.push(members.sort((a, b) => b.correlation - a.correlation || a.image - b.image))
    if (left.size > 1) waiting.push(...componentsOf(next.pairs.filter(({ first, second }) => left.has(first) && left.has(second))))
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
    // The second lies on the first.
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
