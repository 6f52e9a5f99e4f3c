import type { CrossingCount, GroupFilter, ImageGroup } from '../../contract/groups.ts'
import type { SplitCounts } from '../../contract/splits.ts'
import type { LocalClient } from '../service/ports/local-client.ts'

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
  const { crossing, crossingImages } = (await client.request('dataset.summary', {})).groups
  return { groups: crossing, images: crossingImages }
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
export function crossingLines(crossing: readonly ImageGroup[]): readonly string[] {
  if (crossing.length === 0) return []
  return [
    ...crossing.slice(0, groupsShown).map(({ id, splits, crossingPairs }) => {
      const sides = Object.entries(splits).flatMap(([split, count]) => (count > 0 ? [`${split} (${count})`] : []))
      return `Group ${id} lies in ${sides.join(' and ')}: ${crossingPairs} pairs`
    }),
    ...crossingSentence({
      groups: crossing.length,
      images: crossing.reduce((sum, { members }) => sum + members.length, 0),
    }),
  ]
}

/** The same without the groups themselves. */
export const crossingSentence = ({ groups, images }: CrossingCount): readonly string[] =>
  groups === 0
    ? []
    : [
        `${groups} ${groups === 1 ? 'group' : 'groups'} of ${images} images of the same part ${groups === 1 ? 'lies' : 'lie'} in several splits, so that figures of validation and test come out too good. While the splits are not locked, \`flawsmith groups uncross\` moves each to one side; else exclude the images of one side.`,
      ]
