import { isNeutral, splitOf } from './known-names.ts'
import { startsWith } from './plan-levels.ts'
import type { ListedImages } from './read-images.ts'

export type LevelKind = 'split' | 'neutral' | 'content'

export interface Level {
  readonly kind: LevelKind
  /** Names of folders with images in or below them, and in how many different folders above each of them lies. */
  readonly parents: ReadonlyMap<string, ReadonlySet<string>>
  /** Images in folders of this level and below. */
  readonly images: number
}

/** What the folders below a root say, level by level. */
export interface FolderTree {
  readonly root: readonly string[]
  /** Levels 1, 2, … */
  readonly levels: readonly Level[]
  /** Images in the root itself. */
  readonly loose: number
  readonly images: number
}

export function treeBelow({ folders }: ListedImages, root: readonly string[]): FolderTree {
  const levels: { parents: Map<string, Set<string>>; images: number }[] = []
  let loose = 0
  let images = 0
  for (const folder of folders) {
    const count = folder.images.length
    if (count === 0 || !startsWith(folder.names, root)) continue
    images += count
    const below = folder.names.slice(root.length)
    if (below.length === 0) loose = count
    below.forEach((name, index) => {
      const level = (levels[index] ??= { parents: new Map(), images: 0 })
      level.images += count
      const above = below.slice(0, index).join('/')
      level.parents.set(name, (level.parents.get(name) ?? new Set()).add(above))
    })
  }
  return { root, loose, images, levels: levels.map((level) => ({ ...level, kind: kindOf([...level.parents.keys()]) })) }
}

function kindOf(names: readonly string[]): LevelKind {
  if (names.every((name) => splitOf(name) !== null)) return 'split'
  return names.every(isNeutral) ? 'neutral' : 'content'
}

/** Folders named like splits of different kinds, beside others: they may be splits, or classes of these names. */
export function hasSplitsBeside({ levels }: FolderTree, level: number): boolean {
  const found = levels[level - 1]
  if (found?.kind !== 'content') return false
  return new Set([...found.parents.keys()].map(splitOf).filter((split) => split !== null)).size > 1
}

/** From level 1; null where there is none. */
export function firstLevel({ levels }: FolderTree, kind: LevelKind, after = 0): number | null {
  const index = levels.findIndex((level, at) => level.kind === kind && at + 1 > after)
  return index < 0 ? null : index + 1
}

/**
 * The folder itself, and those below it that alone hold everything: one folder too much, as archives make them. A folder
 * that holds images, or is named like a split, ends the chain.
 */
export function rootsOf(listed: ListedImages): readonly (readonly string[])[] {
  const roots: string[][] = [[]]
  for (;;) {
    const root = roots.at(-1) ?? []
    const { levels, loose } = treeBelow(listed, root)
    const [name, ...others] = [...(levels[0]?.parents.keys() ?? [])]
    if (loose > 0 || name === undefined || others.length > 0 || splitOf(name) !== null) return roots
    const child = [...root, name]
    const below = treeBelow(listed, child)
    if (below.loose > 0 || below.levels.length === 0) return roots
    roots.push(child)
  }
}

/** Folders beside `root` that hold nothing: what looks like the one folder with everything is one of several then. */
export const hasEmptySiblings = ({ folders }: ListedImages, root: readonly string[]): boolean =>
  folders.some(
    ({ names, isForMarks }) =>
      !isForMarks &&
      names.length === root.length &&
      names.at(-1) !== root.at(-1) &&
      startsWith(names, root.slice(0, -1)),
  )
