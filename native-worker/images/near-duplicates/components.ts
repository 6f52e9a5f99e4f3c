import type { Pair } from './pair-finder.ts'

/** Pictures that hang together by pairs, and these pairs. */
export interface Component {
  readonly images: readonly number[]
  readonly pairs: readonly Pair[]
}

export function componentsOf(pairs: readonly Pair[]): readonly Component[] {
  const parents = new Map<number, number>()
  const rootOf = (image: number): number => {
    let root = image
    for (let parent = parents.get(root); parent !== undefined && parent !== root; parent = parents.get(root))
      root = parent
    for (let at = image; at !== root;) {
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
