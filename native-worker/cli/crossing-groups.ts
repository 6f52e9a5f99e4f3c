import type { CrossingCount, GroupFilter, ImageGroup } from '../../contract/groups.ts'
import type { SplitCounts } from '../../contract/splits.ts'
import type { LocalClient } from '../service/ports/local-client.ts'
import { counted } from './counted.ts'

const groupsOfPage = 500
const groupsShown = 20

export async function listGroups(client: LocalClient, filter: GroupFilter): Promise<readonly ImageGroup[]> {
  const all: ImageGroup[] = []
  for (;;) {
    const { items, total } = await client.request('groups.list', { filter, offset: all.length, limit: groupsOfPage })
    all.push(...items)
    if (items.length === 0 || all.length >= total) return all
  }
}

export async function countCrossing(client: LocalClient): Promise<CrossingCount> {
  const { groups, split } = await client.request('dataset.summary', {})
  return { groups: groups.crossing, images: groups.crossingImages, isLocked: split.lockedAt !== null }
}

/** What is told of a group that lies in several splits. */
export interface CrossingGroup {
  readonly id: number
  readonly splits: SplitCounts
  readonly pairs: number
  readonly given: number
}

export const crossingOf = ({ id, splits, crossingPairs, given }: ImageGroup): CrossingGroup => ({
  ...{ id, splits, pairs: crossingPairs, given },
})

/** Said wherever splits are shown: what is judged by was learned from. */
export function crossingLines(
  crossing: readonly ImageGroup[],
  { isLocked }: Pick<CrossingCount, 'isLocked'>,
): readonly string[] {
  if (crossing.length === 0) return []
  return [
    ...crossing.slice(0, groupsShown).map(({ id, splits, crossingPairs }) => {
      const sides = Object.entries(splits).flatMap(([split, count]) => (count > 0 ? [`${split} (${count})`] : []))
      return `Group ${id} lies in ${sides.join(' and ')}: ${counted(crossingPairs, 'pair')}`
    }),
    ...crossingSentence({
      groups: crossing.length,
      images: crossing.reduce((sum, { members }) => sum + members.length, 0),
      ...(isLocked === undefined ? {} : { isLocked }),
    }),
  ]
}

/** The same without the groups themselves. Says only what can still be done. */
export const crossingSentence = ({ groups, images, isLocked = false }: CrossingCount): readonly string[] =>
  groups === 0
    ? []
    : [
        `${counted(groups, 'group')} of ${images} images of the same part ${groups === 1 ? 'lies' : 'lie'} in several splits, so that figures of validation and test come out too good. ${isLocked ? 'The splits are locked, so that nothing changes sides: exclude the images of one side (`flawsmith images exclude`).' : '`flawsmith groups uncross` moves each to one side.'}`,
      ]
