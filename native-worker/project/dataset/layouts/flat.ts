import { firstLevel, hasSplitsBeside, treeBelow } from './folder-tree.ts'
import { filePath } from './folder-listing.ts'
import { isSyntheticName, splitOf } from './known-names.ts'
import type { Layout } from './layout.ts'
import type { PlannedFile } from './layout-plan.ts'
import { masksOf, startsWith } from './plan-levels.ts'

/** Every image of one class, wherever it lies; `train`, `val` and `test` still say what it is for. */
export const flat: Layout = {
  propose: (listed, root) => {
    const tree = treeBelow(listed, root)
    if (tree.images === 0) return []
    const isOnlyWay = firstLevel(tree, 'content') === null || tree.loose > tree.images - tree.loose
    return [{ root, level: 0, certainty: isOnlyWay ? 'possible' : 'unlikely' }]
  },
  plan: (listed, { root, className }) => {
    const tree = treeBelow(listed, root)
    const split = firstLevel(tree, 'split') ?? (hasSplitsBeside(tree, 1) ? 1 : null)
    const inRoot = listed.folders.filter(({ names, isForMarks }) => !isForMarks && startsWith(names, root))
    const paths = inRoot.flatMap(({ names, images }) =>
      images.map((file) => ({ path: filePath(names, file), at: split === null ? '' : names[root.length + split - 1] })),
    )
    const files = paths
      .filter(({ path }) => !isSyntheticName(path))
      .map(({ path, at }): PlannedFile => ({ path, className, split: splitOf(at ?? ''), isImage: true }))
    const synthetic = paths.map(({ path }) => path).filter(isSyntheticName)
    return {
      files,
      synthetic,
      emptyClasses: [],
      loose: [],
      unlisted: [],
      ignored: listed.ignored,
      remarks: [
        ...listed.remarks,
        ...(synthetic.length > 0
          ? [{ kind: 'synthetic' as const, images: synthetic.length, by: 'name' as const }]
          : []),
      ],
      masks: masksOf(listed, files),
    }
  },
}
