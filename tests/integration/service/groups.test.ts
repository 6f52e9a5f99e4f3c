import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { DatasetSummary } from '../../../contract/dataset.ts'
import type { ImageGroup } from '../../../contract/groups.ts'
import type { LocalClient } from '../../../native-worker/service/ports/local-client.ts'
import { openProject } from '../../../native-worker/project/open-project.ts'
import { editPastFlawsmith } from '../../helpers/reviewed-project.ts'
import { drawPartFolders } from '../../helpers/part-folders.ts'
import { temporaryFolder } from '../../helpers/temporary-folder.ts'
import { testService } from '../../helpers/test-service.ts'

interface Imported {
  readonly client: LocalClient
  readonly project: string
  readonly source: string
  readonly summary: DatasetSummary
}

const classes = {
  grain: { kind: 'grain', parts: 9, views: 3 },
  brushed: { kind: 'brushed', parts: 8, views: 2 },
} as const

async function importParts(): Promise<Imported> {
  const { client, folder } = testService()
  const [project, source] = [join(folder, 'project'), join(folder, 'source')]
  await client.request('projects.create', { folder: project, size: 64, channels: 1 })
  await drawPartFolders(source, classes)
  await client.perform('dataset.import', { folder: source, fit: 'crop' })
  return { client, project, source, summary: await client.request('dataset.summary', {}) }
}

const allGroups = async (client: LocalClient): Promise<readonly ImageGroup[]> =>
  (await client.request('groups.list', { filter: 'all', offset: 0, limit: 500 })).items

const partOf = (path: string): string => path.replace(/_\d+\.jpg$/, '')

test('an import finds the parts, keeps each in one split and counts them', async () => {
  const { client, project, summary } = await importParts()
  const { groups, classes: summaries } = summary
  expect(groups).toMatchObject({ groups: 17, crossing: 0, unsearched: 0 })
  expect(groups.search).toMatchObject({ threshold: 0.55, hint: null, images: 43, unread: 0 })
  expect(Object.fromEntries(summaries.map(({ name, images, parts }) => [name, [images, parts.all]]))).toEqual({
    grain: [27, 9],
    brushed: [16, 8],
  })
  for (const { splits } of summaries) expect(splits.test).toBeGreaterThan(0)
  const found = await allGroups(client)
  expect(found.map(({ members }) => members.length)).toEqual([...Array<number>(9).fill(3), ...Array<number>(8).fill(2)])
  for (const { members, crossingPairs } of found) {
    expect(new Set(members.map(({ sourcePath }) => partOf(sourcePath))).size).toBe(1)
    expect(new Set(members.map(({ split }) => split)).size).toBe(1)
    expect(crossingPairs).toBe(0)
    expect(members.map(({ because }) => because)).toEqual(['middle', ...members.slice(1).map(() => 'alike')])
  }
  const { problems } = await client.perform('verify.run', {})
  expect(problems).toEqual([])

  await client.request('projects.close', {})
  const edited = openProject(project, { sqliteBinding: null })
  editPastFlawsmith(edited, 'UPDATE images SET hand_group = 3 WHERE id = 5')
  edited.close()
  await client.request('projects.open', { folder: project })
  expect((await client.perform('verify.run', {})).problems).toMatchObject([{ kind: 'broken_record', path: 'images 5' }])
})

test('a stricter search finds fewer, a hint more; both are remembered for the next import', async () => {
  const { client, source } = await importParts()
  const strict = await client.perform('groups.find', { threshold: 0.95 })
  expect(strict.groups).toBeLessThan(17)
  const hint = { kind: 'pattern', pattern: String.raw`(\w+)_\d+\.jpg$` } as const
  expect(await client.perform('groups.find', { hint })).toMatchObject({ groups: 17, search: { threshold: 0.95, hint } })
  await client.perform('dataset.import', { folder: source, fit: 'crop' })
  expect((await client.request('dataset.summary', {})).groups).toMatchObject({
    groups: 17,
    search: { threshold: 0.95, hint },
  })
  const members = (await allGroups(client)).flatMap((group) => group.members)
  expect(members.map(({ because }) => because)).toContain('name')
})

test('a group that lies in several given splits is said, and moved to one side when that is asked', async () => {
  const { client, folder } = testService()
  const source = temporaryFolder()
  await client.request('projects.create', { folder: join(folder, 'project'), size: 64, channels: 1 })
  // The same parts, seen twice in the images to learn from and once in those to judge by.
  const { kind, parts } = classes.grain
  for (const [split, views] of [
    ['train', 3],
    ['test', 2],
  ] as const)
    await drawPartFolders(join(source, split), { grain: { kind, parts: split === 'train' ? parts : 4, views } })
  await client.perform('dataset.import', { folder: source, fit: 'crop' })
  const crossed = await client.request('groups.list', { filter: 'crosses-splits', offset: 0, limit: 10 })
  const summary = await client.request('dataset.summary', {})
  if (summary.split.given === 0) throw new Error('the splits were not taken over')
  expect(summary.groups.crossing).toBe(crossed.total)
  expect(crossed.total).toBeGreaterThan(0)
  for (const group of crossed.items) expect(group.crossingPairs).toBe(group.splits.train * group.splits.test)

  const moved = await client.request('groups.uncross', {})
  expect(moved.groups.crossing).toBe(0)
  expect(moved.split.given).toBe(summary.split.given)
})

test('what people decide about groups survives the next search, is on record, and can be taken back', async () => {
  const { client } = await importParts()
  const by = 'Li Wei'
  const [first, second, third] = await allGroups(client)
  const [taken] = first?.members ?? []
  if (taken === undefined || second === undefined || third === undefined) throw new Error('no groups')
  const split = await client.request('groups.split', { ids: [taken.id], by })
  expect(split.images).toBe(3)
  const [one, other] = [second.members[0]?.id, third.members[0]?.id]
  if (one === undefined || other === undefined) throw new Error('no members')
  const joined = await client.request('groups.join', { ids: [one, other], by })
  expect(joined.images).toBe(6)
  const check = async (): Promise<void> => {
    const groups = await allGroups(client)
    expect(groups.some(({ members }) => members.some(({ id }) => id === taken.id))).toBe(false)
    expect(groups[0]?.members.map(({ id }) => id).sort((a, b) => a - b)).toEqual(
      [...second.members, ...third.members].map(({ id }) => id).sort((a, b) => a - b),
    )
    expect(new Set(groups[0]?.members.map((member) => member.split)).size).toBe(1)
    const summary = await client.request('dataset.summary', {})
    expect(summary.groups).toMatchObject({ groups: 16, crossing: 0 })
  }
  await check()
  await client.perform('groups.find', {})
  await check()
  const byHand = await client.request('groups.list', { filter: 'by-hand', offset: 0, limit: 10 })
  expect(byHand.total).toBe(2)
  expect((await client.perform('verify.run', {})).problems).toEqual([])

  for (const batch of [joined.batch, split.batch])
    if (batch !== null) await client.request('changes.undo', { batch, by })
  expect((await client.request('dataset.summary', {})).groups.groups).toBe(17)
  expect((await client.perform('verify.run', {})).problems).toEqual([])
})
