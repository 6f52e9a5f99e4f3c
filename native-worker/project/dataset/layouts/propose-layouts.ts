import type { LayoutChoice, LayoutName, LayoutProposal, LayoutRemark } from '../../../../contract/layouts.ts'
import { layouts } from './all-layouts.ts'
import { hasGood } from './class-levels.ts'
import { pathOf } from './folder-listing.ts'
import { firstLevel, hasEmptySiblings, rootsOf, treeBelow } from './folder-tree.ts'
import { isNeutral } from './known-names.ts'
import type { Candidate } from './layout.ts'
import type { LayoutPlan } from './layout-plan.ts'
import type { ListedImages } from './read-images.ts'
import { describePlan } from './describe-plan.ts'

/** A proposal, and the files it stands for. */
export interface PlannedLayout {
  readonly proposal: LayoutProposal
  readonly plan: LayoutPlan
}

interface Named extends Candidate {
  readonly layout: LayoutName
}

const order = ['sure', 'possible', 'unlikely'] as const

/**
 * Every sensible way to read a folder, the best first: at most one is `sure`. Where none is, somebody has to choose.
 * @param root looks no higher and no lower for the data set than in this folder
 */
export function proposeLayouts(listed: ListedImages, { root }: { readonly root?: string } = {}): PlannedLayout[] {
  const roots = root === undefined ? rootsOf(listed) : [root === '' ? [] : root.split('/')]
  const named = candidatesOf(listed, roots)
    .map((candidate, index) => ({ candidate, index }))
    .sort((a, b) => order.indexOf(a.candidate.certainty) - order.indexOf(b.candidate.certainty) || a.index - b.index)
    .map(({ candidate }) => candidate)
  const isClear = named.filter(({ certainty }) => certainty === 'sure').length === 1
  return named.flatMap((candidate): PlannedLayout[] => {
    const plan = layouts[candidate.layout].plan(listed, { ...candidate, className: '' })
    if (plan === null) return []
    const { layout, level, remarks = [] } = candidate
    const certainty = candidate.certainty === 'sure' && !isClear ? 'possible' : candidate.certainty
    const choice: LayoutChoice = { layout, level, root: pathOf(candidate.root) }
    return [{ proposal: describePlan(plan, { ...choice, certainty, remarks }), plan }]
  })
}

function candidatesOf(listed: ListedImages, roots: readonly (readonly string[])[]): Named[] {
  const inner = roots.at(-1) ?? []
  const isExport = roots.some((root) => listed.exports.has(pathOf(root)))
  const exportsElsewhere = [...listed.exports.keys()].filter(
    (path) => !roots.some((root) => pathOf(root) === path) && path.startsWith(inner.length === 0 ? '' : pathOf(inner)),
  )
  if (isExport)
    return roots.flatMap((root) => layouts.export.propose(listed, root).map((each) => ({ ...each, layout: 'export' })))
  const several: LayoutRemark[] = [{ kind: 'several_sets', roots: exportsElsewhere }]
  const found: Named[] = exportsElsewhere.map((path) => ({
    ...{ layout: 'export', root: path.split('/'), level: 0, certainty: 'possible', remarks: several },
  }))
  const isMvtec = layouts.mvtec.propose(listed, inner)
  found.push(...isMvtec.map((each): Named => ({ ...each, layout: 'mvtec' })))
  const isTaken = found.length > 0
  for (const layout of ['splits', 'classes'] as const)
    for (const each of layouts[layout].propose(listed, inner))
      found.push({ ...each, layout, certainty: isTaken ? 'unlikely' : each.certainty })
  const settled = settleMixed(found)
  return [
    ...askAboutWrapper(listed, { roots, found: settled }),
    ...layouts.flat.propose(listed, roots[0] ?? []).map((each): Named => ({ ...each, layout: 'flat' })),
  ]
}

/** Where splits are no sure thing, classes are as good as they are. */
function settleMixed(found: readonly Named[]): readonly Named[] {
  const best = found.find(({ layout }) => layout === 'classes')
  if (!found.some(({ layout, certainty }) => layout === 'splits' && certainty === 'possible')) return found
  return found.map((each) =>
    each.layout === 'classes' && (each === best || each.certainty === 'sure')
      ? { ...each, certainty: 'possible' }
      : each,
  )
}

/**
 * One folder that holds all the others is the data set in an archive's folder, or one class in batches. Splits, masks, or a class
 * named like `good` inside it say that it is the former.
 */
function askAboutWrapper(
  listed: ListedImages,
  { roots, found }: { readonly roots: readonly (readonly string[])[]; readonly found: readonly Named[] },
): readonly Named[] {
  const inner = roots.at(-1) ?? []
  if (roots.length < 2) return found
  const tree = treeBelow(listed, inner)
  const content = tree.levels[(firstLevel(tree, 'content') ?? 0) - 1]
  const saysSo =
    !hasEmptySiblings(listed, inner) &&
    (inner.every(isNeutral) ||
      firstLevel(tree, 'split') !== null ||
      found.some(({ layout, certainty }) => layout === 'mvtec' && certainty === 'sure') ||
      (content !== undefined && hasGood(content)))
  const name = inner.at(-1) ?? ''
  const remarks: LayoutRemark[] = saysSo ? [] : [{ kind: 'wrapper', name }]
  const inside = found.map((each): Named =>
    saysSo || each.certainty !== 'sure'
      ? each
      : { ...each, certainty: 'possible', remarks: [...(each.remarks ?? []), ...remarks] },
  )
  const above = roots.slice(0, -1).reverse()
  return [
    ...inside,
    ...above.map((root, index): Named => ({
      ...{ layout: 'classes', root, level: 1, remarks },
      certainty: saysSo || index > 0 ? 'unlikely' : 'possible',
    })),
  ]
}
