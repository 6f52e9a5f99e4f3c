import { classLevels } from './class-levels.ts'
import { firstLevel, treeBelow } from './folder-tree.ts'
import type { Candidate, Layout } from './layout.ts'
import { planLevels } from './plan-levels.ts'

/** One folder a class, and whatever folders inside it. */
export const classes: Layout = {
  propose: (listed, root) => {
    const tree = treeBelow(listed, root)
    const split = firstLevel(tree, 'split')
    const levels = classLevels(tree)
    const inFolders = tree.images - tree.loose
    if (tree.levels.length === 0) return []
    if (split !== null || levels.length === 0) {
      const level = levels.length === 0 ? (split ?? 1) : Math.min(split ?? Infinity, levels[0]?.level ?? Infinity)
      // Images lie in `train` and `test` themselves: that is a split without classes, or two classes.
      const isOpen = split !== null && levels.length === 0
      return [{ root, level, certainty: isOpen ? 'possible' : 'unlikely' }]
    }
    return levels.map(({ certainty, ...level }): Candidate => ({
      ...level,
      root,
      // So many images in no folder are no oversight.
      certainty: certainty === 'sure' && tree.loose > inFolders ? 'possible' : certainty,
    }))
  },
  plan: (listed, { root, level }) => planLevels(listed, { root, classLevel: Math.max(1, level), splitLevel: null }),
}
