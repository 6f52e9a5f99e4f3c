import { createHash } from 'node:crypto'
import type { SplitShares } from '../../../contract/export.ts'
import type { ExportableImage } from '../storage/images.ts'

export type Split = 'train' | 'val' | 'test'

/** From this many images on, a split with a share gets at least one. */
const smallestSplitClass = 5

/**
 * Assigns the images of one class. The draw depends on nothing but the pictures themselves, so that an export made again,
 * or after more images came in, leaves most of them where they were. Images of a group stay together; an image whose
 * split is locked keeps it. At least one image trains.
 */
export function splitImages(images: readonly ExportableImage[], { val, test }: SplitShares): Split[] {
  const groups = new Map<string, number[]>()
  images.forEach((image, index) => {
    if (image.split !== null) return
    const key = image.groupId === null ? image.sha256 : `group ${image.groupId}`
    groups.set(key, [...(groups.get(key) ?? []), index])
  })
  const drawn = [...groups]
    .map(([key, members]) => ({ order: hashOf(key), members }))
    .sort((a, b) => (a.order < b.order ? -1 : 1))
  const splits: Split[] = images.map((image) => image.split ?? 'train')
  const missing = {
    test: wanted(images.length, test) - splits.filter((split) => split === 'test').length,
    val: wanted(images.length, val) - splits.filter((split) => split === 'val').length,
  }
  let free = drawn.reduce((sum, { members }) => sum + members.length, 0)
  const locked = images.filter((image) => image.split === 'train').length
  for (const { members } of drawn) {
    // A group larger than what is missing would empty the other splits.
    const split = members.length <= missing.test ? 'test' : members.length <= missing.val ? 'val' : null
    if (split === null || free - members.length + locked < 1) continue
    for (const index of members) splits[index] = split
    missing[split] -= members.length
    free -= members.length
  }
  return splits
}

const wanted = (count: number, share: number): number =>
  share > 0 && count >= smallestSplitClass ? Math.max(1, Math.round(count * share)) : Math.round(count * share)

const hashOf = (key: string): string => createHash('sha256').update(`flawsmith split ${key}`).digest('hex')
