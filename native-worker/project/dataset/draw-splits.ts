import { hash } from 'node:crypto'
import type { ClassId, Sha256 } from '../../../contract/ids.ts'
import type { Split, SplitCounts, SplitShares } from '../../../contract/splits.ts'

export interface SplittableImage {
  readonly classId: ClassId
  readonly sha256: Sha256
  /** Images of a group show the same part: they stay together. */
  readonly groupId: number | null
  /** Fixed; null where it is to be drawn. */
  readonly split: Split | null
}

/**
 * Fewest groups of a class from which one goes to the split: below, every image is needed to learn from, and the class cannot be
 * judged. A group is one image where nothing is known of others like it.
 */
const fewestGroups = { test: 3, val: 5 } as const

/**
 * A split for each image, drawn class by class. The draw depends on nothing but the pictures and the seed: made again, or after
 * more images came in, it leaves most of them where they were. A group stays whole, also where it holds images of several
 * classes; where one of its images is fixed, the others follow. Something of every class trains.
 */
export function drawSplits(
  images: readonly SplittableImage[],
  { shares, seed }: { readonly shares: SplitShares; readonly seed: number },
): Split[] {
  const groups = groupsOf(images)
  const drawn = [...groups.values()]
    .filter(({ fixed }) => fixed === null)
    .map((group) => ({ ...group, place: placeOf(group.key, seed) }))
    .sort((a, b) => compare(a.place, b.place))
  const splits = images.map((image) => image.split ?? 'train')
  for (const { fixed, members } of groups.values())
    if (fixed !== null) for (const index of members) splits[index] = images[index]?.split ?? fixed

  const classes = new Map<ClassId, ClassDraw>()
  images.forEach((image, index) => {
    const draw = classes.get(image.classId) ?? {
      images: 0,
      groups: new Set<string>(),
      counts: { train: 0, val: 0, test: 0 },
    }
    draw.images++
    draw.groups.add(keyOf(image))
    draw.counts[splits[index] ?? 'train']++
    classes.set(image.classId, draw)
  })
  for (const { members } of drawn) {
    const own = countBy(members.map((index) => images[index]?.classId))
    const split = (['test', 'val'] as const).find((candidate) =>
      [...own].every(([classId, count]) =>
        hasRoom(classes.get(classId), { split: candidate, share: shares[candidate], count }),
      ),
    )
    if (split === undefined) continue
    for (const index of members) splits[index] = split
    for (const [classId, count] of own) {
      const draw = classes.get(classId)
      if (draw === undefined) continue
      draw.counts[split] += count
      draw.counts.train -= count
    }
  }
  return splits
}

interface Group {
  readonly key: string
  fixed: Split | null
  readonly members: number[]
}

interface ClassDraw {
  images: number
  readonly groups: Set<string>
  /** So far; what is not drawn yet counts as train. */
  readonly counts: { -readonly [Name in keyof SplitCounts]: number }
}

const keyOf = ({ groupId, sha256 }: SplittableImage): string => (groupId === null ? sha256 : `group ${groupId}`)

function groupsOf(images: readonly SplittableImage[]): ReadonlyMap<string, Group> {
  const groups = new Map<string, Group>()
  images.forEach((image, index) => {
    const key = keyOf(image)
    const group = groups.get(key) ?? { key, fixed: null, members: [] }
    group.fixed ??= image.split
    group.members.push(index)
    groups.set(key, group)
  })
  return groups
}

/** Whether so many more fit into a split of a class: it is not full, and something is left to learn from. */
function hasRoom(
  draw: ClassDraw | undefined,
  { split, share, count }: { readonly split: 'val' | 'test'; readonly share: number; readonly count: number },
): boolean {
  if (draw === undefined || share === 0 || draw.groups.size < fewestGroups[split]) return false
  const wanted = Math.max(1, Math.round(draw.images * share))
  return draw.counts[split] + count <= wanted && draw.counts.train - count >= 1
}

function countBy(classIds: readonly (ClassId | undefined)[]): ReadonlyMap<ClassId, number> {
  const counts = new Map<ClassId, number>()
  for (const classId of classIds) if (classId !== undefined) counts.set(classId, (counts.get(classId) ?? 0) + 1)
  return counts
}

const compare = (a: string, b: string): number => (a < b ? -1 : 1)

/** In the draw; the same for the same seed whatever else is drawn. */
const placeOf = (key: string, seed: number): string => hash('sha256', `flawsmith split ${seed} ${key}`, 'hex')
