import { RandomStream } from '../../random/random-stream.ts'
import { fitStandardisation, standardise } from '../standardise.ts'

/** Neighbours that vote. */
export const neighboursAsked = 7
/** Below, a class says too little about itself for a verdict. */
export const fewestOfAClass = 10
/** Images that can be neighbours: a fair draw of every class where there are more. */
const mostReferences = 4000
/** Below, neighbours say hardly more of a class than its frequency does: 0 is chance, 1 is all of them. */
const leastTold = 0.2
/** How many times the usual spread an image lies beyond what is usual for its class. */
const farOut = 6

export interface JudgedImage {
  readonly label: number
  /** Images of one group show the same part, and do not vote on each other. */
  readonly group: number | null
}

/** An image whose neighbours are mostly of another class. */
export interface LabelSuspect {
  readonly image: number
  readonly likelier: number
  /** Neighbours of the likelier class, of `neighboursAsked`. */
  readonly votes: number
  /** By how much its neighbours speak more for the other class than for its own; 0 to 1. */
  readonly score: number
}

export interface Outlier {
  readonly image: number
  /** Distance to its own class against the usual one of that class. */
  readonly ratio: number
}

export interface LabelVerdict {
  /** The surest first. */
  readonly suspects: readonly LabelSuspect[]
  /** The farthest first. */
  readonly outliers: readonly Outlier[]
  /** Labels with too few images: none of theirs is judged. */
  readonly tooSmall: readonly number[]
  /** Labels that the looks do not tell from the others: no image is said to be one of theirs. */
  readonly unclear: readonly number[]
}

/**
 * Which labels are probably wrong, as confident learning finds them (Northcutt, Jiang, Chuang 2021): how much an image's neighbours speak for
 * each class is compared with how much they usually speak for that class among images that bear its label. What is far from all of its own
 * class is an outlier, whatever its label should be.
 * @param descriptors one an image, all of one length
 */
export function judgeLabels(
  images: readonly JudgedImage[],
  {
    descriptors,
    onProgress,
  }: { readonly descriptors: readonly Float32Array[]; readonly onProgress?: (done: number) => void },
): LabelVerdict {
  const sizes = new Map<number, number>()
  for (const { label } of images) sizes.set(label, (sizes.get(label) ?? 0) + 1)
  const isJudged = (label: number): boolean => (sizes.get(label) ?? 0) >= fewestOfAClass
  const columns = scaled(descriptors)
  const references = drawReferences(images)
  const judged = images.flatMap(({ label }, image) => (isJudged(label) ? [image] : []))
  const seen = judged.map((image, index) => {
    if (index % 100 === 0) onProgress?.(index)
    return lookAround(image, { images, columns, references })
  })
  const thresholds = new Map<number, number>()
  for (const label of sizes.keys()) {
    const own = seen.filter((each) => images[each.image]?.label === label).map((each) => each.shares.get(label) ?? 0)
    if (own.length > 0) thresholds.set(label, own.reduce((sum, share) => sum + share, 0) / own.length)
  }
  const frequency = (label: number): number =>
    references.filter((reference) => images[reference]?.label === label).length / references.length
  const unclear = [...thresholds]
    .filter(([label, own]) => (own - frequency(label)) / (1 - frequency(label)) < leastTold)
    .map(([label]) => label)
  const told = new Map([...thresholds].filter(([label]) => !unclear.includes(label)))
  return {
    unclear,
    suspects: seen
      .flatMap((each) => suspectOf(each, { images, thresholds: told }))
      .sort((a, b) => b.score - a.score || a.image - b.image),
    outliers: outliersOf(seen, images),
    tooSmall: [...sizes.keys()].filter((label) => !isJudged(label)).sort((a, b) => a - b),
  }
}

/** Every figure counts as much as it varies. */
function scaled(descriptors: readonly Float32Array[]): Float32Array[] {
  const columns = descriptors[0]?.length ?? 0
  const values = new Float32Array(descriptors.length * columns)
  descriptors.forEach((descriptor, row) => {
    values.set(descriptor, row * columns)
  })
  const matrix = { rows: descriptors.length, columns, values }
  const { values: found } = standardise(matrix, fitStandardisation(matrix))
  return descriptors.map((_, row) => found.subarray(row * columns, (row + 1) * columns))
}

interface Surroundings {
  readonly image: number
  /** How much the neighbours speak for each label; together 1. */
  readonly shares: ReadonlyMap<number, number>
  readonly votes: ReadonlyMap<number, number>
  /** To the nearest of its own label; null where there is none. */
  readonly toOwn: number | null
}

function lookAround(
  image: number,
  {
    images,
    columns,
    references,
  }: {
    readonly images: readonly JudgedImage[]
    readonly columns: readonly Float32Array[]
    readonly references: readonly number[]
  },
): Surroundings {
  const self = images[image]
  const own = columns[image] ?? new Float32Array()
  const nearest: { readonly label: number; readonly distance: number }[] = []
  let toOwn: number | null = null
  for (const reference of references) {
    const other = images[reference]
    if (other === undefined || self === undefined || reference === image) continue
    if (self.group !== null && other.group === self.group) continue
    const distance = distanceBetween(own, columns[reference] ?? own)
    if (other.label === self.label) toOwn = toOwn === null ? distance : Math.min(toOwn, distance)
    const last = nearest.at(-1)
    if (nearest.length === neighboursAsked && last !== undefined && distance >= last.distance) continue
    const place = nearest.findIndex((each) => each.distance > distance)
    nearest.splice(place < 0 ? nearest.length : place, 0, { label: other.label, distance })
    if (nearest.length > neighboursAsked) nearest.pop()
  }
  const shares = new Map<number, number>()
  const votes = new Map<number, number>()
  const total = nearest.reduce((sum, { distance }) => sum + 1 / (distance + 1e-6), 0)
  for (const { label, distance } of nearest) {
    shares.set(label, (shares.get(label) ?? 0) + 1 / (distance + 1e-6) / total)
    votes.set(label, (votes.get(label) ?? 0) + 1)
  }
  return { image, shares, votes, toOwn }
}

function suspectOf(
  { image, shares, votes }: Surroundings,
  { images, thresholds }: { readonly images: readonly JudgedImage[]; readonly thresholds: ReadonlyMap<number, number> },
): LabelSuspect[] {
  const label = images[image]?.label ?? -1
  const ownShare = shares.get(label) ?? 0
  const [best] = [...shares]
    .filter(([other, share]) => other !== label && share > ownShare && share >= (thresholds.get(other) ?? Infinity))
    .sort(([, a], [, b]) => b - a)
  if (best === undefined) return []
  const [likelier, share] = best
  return [{ image, likelier, votes: votes.get(likelier) ?? 0, score: share - ownShare }]
}

function outliersOf(seen: readonly Surroundings[], images: readonly JudgedImage[]): Outlier[] {
  return groupsOf(seen, ({ image }) => images[image]?.label ?? -1)
    .flatMap((group) => {
      const distances = group.flatMap(({ toOwn }) => (toOwn === null ? [] : [toOwn]))
      const usual = median(distances)
      // 1.4826 makes of it the standard deviation of a normal distribution.
      const spread = 1.4826 * median(distances.map((distance) => Math.abs(distance - usual)))
      return group.flatMap(({ image, toOwn }) =>
        toOwn !== null && usual > 0 && spread > 0 && toOwn > usual + farOut * spread
          ? [{ image, ratio: toOwn / usual }]
          : [],
      )
    })
    .sort((a, b) => b.ratio - a.ratio || a.image - b.image)
}

/** All of them, or as many of every label as its share of the whole, and no fewer than a class needs. */
function drawReferences(images: readonly JudgedImage[]): number[] {
  if (images.length <= mostReferences) return images.map((_, index) => index)
  const random = RandomStream.fromSeed(1, 'label-check')
  const byLabel = groupsOf(
    images.map((_, index) => index),
    (index) => images[index]?.label ?? -1,
  )
  return byLabel.flatMap((members) => {
    const wanted = Math.min(
      members.length,
      Math.max(200, Math.round((members.length / images.length) * mostReferences)),
    )
    const order = members.map((member) => ({ member, key: random.uniform() })).sort((a, b) => a.key - b.key)
    return order.slice(0, wanted).map(({ member }) => member)
  })
}

function groupsOf<Item>(items: readonly Item[], keyOf: (item: Item) => number): Item[][] {
  const groups = new Map<number, Item[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [item])
    else group.push(item)
  }
  return [...groups.values()]
}

function distanceBetween(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let index = 0; index < a.length; index += 1) sum += ((a[index] ?? 0) - (b[index] ?? 0)) ** 2
  return Math.sqrt(sum)
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
