import type { RandomStream } from '../random/random-stream.ts'

export interface Foldable {
  readonly label: number
  /** Images of a group go to one fold; null for an image that is alone. */
  readonly group: number | null
}

/**
 * The fold of every image: whole groups in one fold, every class spread over all of them as evenly as its groups allow. The largest groups
 * are placed first, each where its class has least so far.
 */
export function drawFolds(
  images: readonly Foldable[],
  { folds, random }: { readonly folds: number; readonly random: RandomStream },
): readonly number[] {
  const members = new Map<string, number[]>()
  images.forEach(({ group }, index) => {
    const key = group === null ? `alone ${index}` : `group ${group}`
    const known = members.get(key)
    if (known === undefined) members.set(key, [index])
    else known.push(index)
  })
  const inOrder = [...members.values()]
    .map((group) => ({ group, luck: random.uniform() }))
    .sort((left, right) => right.group.length - left.group.length || left.luck - right.luck)
  const taken = new Map<number, number[]>()
  const fold = Array.from({ length: images.length }, () => 0)
  for (const { group } of inOrder) {
    const label = images[group[0] ?? 0]?.label ?? 0
    const ofClass = taken.get(label) ?? Array.from({ length: folds }, () => 0)
    const least = ofClass.indexOf(Math.min(...ofClass))
    ofClass[least] = (ofClass[least] ?? 0) + group.length
    taken.set(label, ofClass)
    for (const index of group) fold[index] = least
  }
  return fold
}
