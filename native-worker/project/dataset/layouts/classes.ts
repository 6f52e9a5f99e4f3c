import { classLevels } from './class-levels.ts'
import { firstLevel, hasSplitsBeside, treeBelow } from './folder-tree.ts'
import { splitOf } from './known-names.ts'
import type { Candidate, Layout } from './layout.ts'
import { byName } from './natural-order.ts'
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
    return levels.map(({ certainty, remarks = [], ...level }): Candidate => {
      const hasSplits = hasSplitsBeside(tree, level.level)
      const names = [...(tree.levels[level.level - 1]?.parents.keys() ?? [])].filter((name) => splitOf(name) === null)
      return {
        ...level,
        root,
        remarks: hasSplits ? [...remarks, { kind: 'split_or_class', names: names.sort(byName) }] : remarks,
        // So many images in no folder are no oversight.
        certainty: certainty === 'sure' && (hasSplits || tree.loose > inFolders) ? 'possible' : certainty,
      }
    })
  },
  plan: (listed, { root, level }) => planLevels(listed, { root, classLevel: Math.max(1, level), splitLevel: null }),
}
