import type { Split } from '../../../../contract/splits.ts'
import { classLevels } from './class-levels.ts'
import { firstLevel, treeBelow } from './folder-tree.ts'
import type { FolderTree } from './folder-tree.ts'
import { splitOf } from './known-names.ts'
import type { Candidate, Layout } from './layout.ts'
import { planLevels } from './plan-levels.ts'
import type { ListedImages } from './read-images.ts'

/** Folders for train, validation and test: above the class folders, or in each of them. */
export const splits: Layout = {
  propose: (listed, root) => {
    const tree = treeBelow(listed, root)
    const split = firstLevel(tree, 'split')
    if (split === null) return hasSplitsAmongOthers(listed, tree) ? mixed(tree) : []
    return classLevels(tree).map(({ certainty, ...level }): Candidate => ({
      ...level,
      root,
      certainty: certainty === 'sure' && split > level.level && kindsAt(tree, split) < 2 ? 'possible' : certainty,
    }))
  },
  plan: (listed, { root, level }) => {
    const tree = treeBelow(listed, root)
    const split = firstLevel(tree, 'split') ?? (hasSplitsAmongOthers(listed, tree) ? 1 : null)
    if (split === null) return null
    const classLevel = level > 0 ? level : (classLevels(tree)[0]?.level ?? null)
    if (classLevel === null || classLevel === split) return null
    return planLevels(listed, { root, classLevel, splitLevel: split })
  },
}

/** Different splits that a level names. */
function kindsAt({ levels }: FolderTree, at: number): number {
  const kinds = new Set<Split | null>([...(levels[at - 1]?.parents.keys() ?? [])].map(splitOf))
  return kinds.size
}

const splitNamesOf = ({ levels }: FolderTree): string[] =>
  [...(levels[0]?.parents.keys() ?? [])].filter((name) => splitOf(name) !== null)

/** `train` and `test` with class folders, and something else beside them. */
function hasSplitsAmongOthers(listed: ListedImages, tree: FolderTree): boolean {
  const names = splitNamesOf(tree)
  const kinds = new Set(names.map(splitOf))
  if (tree.levels[0]?.kind !== 'content' || kinds.size < 2 || !kinds.has('train')) return false
  return names.every((name) => {
    const below = treeBelow(listed, [...tree.root, name])
    return below.loose === 0 && below.levels.length > 0
  })
}

const mixed = (tree: FolderTree): readonly Candidate[] => {
  const names = splitNamesOf(tree)
  const others = [...(tree.levels[0]?.parents.keys() ?? [])].filter((name) => !names.includes(name))
  return [{ root: tree.root, level: 2, certainty: 'possible', remarks: [{ kind: 'split_or_class', names: others }] }]
}
