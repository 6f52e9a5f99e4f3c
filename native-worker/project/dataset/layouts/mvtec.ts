import type { Split } from '../../../../contract/splits.ts'
import { treeBelow } from './folder-tree.ts'
import { isGood, isSurelyMaskFolder, splitOf } from './known-names.ts'
import type { Candidate, Layout } from './layout.ts'
import type { PlannedFile } from './layout-plan.ts'
import { byName } from './natural-order.ts'
import { planLevels, startsWith } from './plan-levels.ts'
import type { ListedImages } from './read-images.ts'

/**
 * The layout of MVTec AD (Bergmann et al. 2019): `train/good`, `test/good`, `test/<defect>` and the masks in
 * `ground_truth/<defect>`. It is made to find what was never seen, so that all defects are in the test; to learn to draw them some
 * have to be learned from. Their split is drawn anew, and what is good keeps its own.
 */
export const mvtec: Layout = {
  propose: (listed, root) => {
    if (isMvtec(listed, root)) return [{ root, level: 2, certainty: 'sure' }]
    const names = [...(treeBelow(listed, root).levels[0]?.parents.keys() ?? [])]
    const sets = names.map((name) => [...root, name]).filter((below) => isMvtec(listed, below))
    const remarks = [{ kind: 'several_sets' as const, roots: sets.map((set) => set.join('/')) }]
    return sets.map((set): Candidate => ({ root: set, level: 2, certainty: 'possible', remarks }))
  },
  plan: (listed, { root }) => {
    if (!isMvtec(listed, root)) return null
    const given = planLevels(listed, { root, classLevel: 2, splitLevel: 1 })
    const learned = new Set(given.files.filter(({ split }) => split === 'train').map(({ className }) => className))
    const drawn = [...new Set(given.files.map(({ className }) => className))].filter((name) => !learned.has(name))
    const files = given.files.map((file): PlannedFile =>
      learned.has(file.className) ? file : { ...file, split: null },
    )
    return {
      ...given,
      files,
      remarks: [
        ...given.remarks.filter(({ kind }) => kind !== 'nothing_to_learn_from'),
        ...(drawn.length === 0 ? [] : [{ kind: 'drawn_anew' as const, classes: drawn.sort(byName) }]),
      ],
    }
  },
}

function isMvtec(listed: ListedImages, root: readonly string[]): boolean {
  const inSplit = (wanted: Split): Set<string> =>
    new Set(
      listed.folders
        .filter(({ names, images }) => images.length > 0 && startsWith(names, root) && names.length > root.length + 1)
        .filter(({ names }) => splitOf(names[root.length] ?? '') === wanted)
        .map(({ names }) => names[root.length + 1] ?? ''),
    )
  const learned = [...inSplit('train')]
  const judged = inSplit('test')
  if (learned.length === 0 || judged.size === 0) return false
  const hasMasks = listed.folders.some(
    ({ names }) => startsWith(names, root) && isSurelyMaskFolder(names[root.length] ?? ''),
  )
  return hasMasks || (learned.every(isGood) && [...judged].some((name) => !learned.includes(name)))
}
