import type { Candidate } from './layout.ts'
import { firstLevel } from './folder-tree.ts'
import type { FolderTree, Level } from './folder-tree.ts'
import { isGood, looksLikeBatch } from './known-names.ts'
import { byName } from './natural-order.ts'

export type ClassLevel = Omit<Candidate, 'root'>

/** Names that lie below so many of the folders above them are more likely classes in batches than batches in classes, or the reverse. */
const overlapToAsk = 0.5

/**
 * Which level below the root names the classes: the first that names anything. Where the same names lie below several folders
 * (`line1/scratch`, `line2/scratch`), the next level could be it as well.
 */
export function classLevels(tree: FolderTree): readonly ClassLevel[] {
  const first = firstLevel(tree, 'content')
  if (first === null) return []
  const level = tree.levels[first - 1]
  const nextAt = firstLevel(tree, 'content', first)
  const next = nextAt === null ? undefined : tree.levels[nextAt - 1]
  if (level === undefined || nextAt === null || next === undefined) return [{ level: first, certainty: 'sure' }]
  const upper: ClassLevel = { level: first, certainty: 'sure' }
  const lower: ClassLevel = { level: nextAt, certainty: 'unlikely' }
  if (hasGood(level) || level.parents.size < 2) return [upper, lower]
  if (overlapOf(next) < overlapToAsk) {
    // Folders of folders with names of their own may as well be several data sets side by side.
    const areBatches = namesOf(next).every(looksLikeBatch) || next.images * 2 < level.images
    return areBatches ? [upper, lower] : [upper, lower].map((each): ClassLevel => ({ ...each, certainty: 'possible' }))
  }
  if (hasGood(next))
    return [
      { ...lower, certainty: 'sure' },
      { ...upper, certainty: 'unlikely' },
    ]
  const remarks = [{ kind: 'class_or_batch' as const, names: namesOf(next), above: namesOf(level) }]
  const asked = [upper, lower].map((each): ClassLevel => ({ ...each, certainty: 'possible', remarks }))
  return namesOf(level).every(looksLikeBatch) && !namesOf(next).every(looksLikeBatch) ? asked.reverse() : asked
}

const namesOf = ({ parents }: Level): string[] => [...parents.keys()].sort(byName)
export const hasGood = ({ parents }: Level): boolean => [...parents.keys()].some(isGood)

/** The share of names that lie below more than one folder. */
function overlapOf({ parents }: Level): number {
  const shared = [...parents.values()].filter((above) => above.size > 1).length
  return shared / parents.size
}
