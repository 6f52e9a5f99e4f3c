import { join } from 'node:path'
import { expect, test } from 'vitest'
import { drawClassFolders } from '../../helpers/class-folders.ts'
import { drawPartFolders } from '../../helpers/part-folders.ts'
import { runFlawsmith } from '../../helpers/run-flawsmith.ts'
import type { CommandResult } from '../../helpers/run-flawsmith.ts'
import { temporaryFolder } from '../../helpers/temporary-folder.ts'

interface ListedImages {
  readonly images: readonly { readonly id: number; readonly split: string }[]
}

test('an import, a training and a joining say that parts lie in several splits, and how many images of them', async () => {
  const folder = temporaryFolder()
  const project = join(folder, 'line')
  const flawsmith = (...args: readonly string[]): Promise<CommandResult> =>
    runFlawsmith(args, { dataFolder: join(folder, 'data') })
  await flawsmith('init', project, '--size', '64', '--channels', '1')
  // Three parts are in both, twice in train and once in test; of one the same file.
  for (const [split, parts, views] of [
    ['train', 9, 2],
    ['test', 3, 1],
  ] as const)
    await drawPartFolders(join(folder, 'given', split), { grain: { kind: 'grain', parts, views } })
  const imported = await flawsmith('import', project, join(folder, 'given'))
  expect(imported.code).toBe(0)
  expect(imported.stdout).toMatch(/3 groups of 8 images of the same part lie in several splits/)
  expect(imported.stdout).toMatch(/`flawsmith groups uncross` moves each to one side/)
  const again = await flawsmith('import', project, join(folder, 'given'), '--json')
  expect(again.json()).toMatchObject({ imported: 0, crossing: { groups: 3, images: 8 } })

  const trained = await flawsmith('train', project, '--recipe', 'procedural', '--engine', 'cpu', '--json')
  expect(trained.json()).toMatchObject({ run: 1, crossing: { groups: 3, images: 8 } })
  expect(trained.stderr).toMatch(/3 groups of 8 images of the same part lie in several splits/)
  expect(trained.stderr).toMatch(/Run 1 is the first to learn, so the splits are locked from now on: train \d+/)
  // Whoever reads figures of an export is told as well.
  const exported = await flawsmith('export', project, '--out', join(folder, 'out'), '--target', 'none')
  expect(exported.stdout).toMatch(/3 groups of 8 images of the same part lie in several splits/)
  const second = await flawsmith('train', project, '--recipe', 'procedural', '--engine', 'cpu')
  expect(second.stderr).not.toMatch(/locked from now on/)
  // It has locked them.
  expect(trained.stderr).toMatch(/The splits are locked.*exclude the images of one side/)
  expect(trained.stderr).not.toMatch(/uncross/)
})

test('joining images on both sides of a lock is recorded, and what follows is said; one image is joined with nothing', async () => {
  const folder = temporaryFolder()
  const project = join(folder, 'line')
  const flawsmith = (...args: readonly string[]): Promise<CommandResult> =>
    runFlawsmith(args, { dataFolder: join(folder, 'data') })
  await flawsmith('init', project, '--size', '16', '--channels', '1')
  await drawClassFolders(join(folder, 'images'), { scratch: 12 })
  expect((await flawsmith('import', project, join(folder, 'images'))).stdout).not.toMatch(/several splits/)
  await flawsmith('splits', 'lock', project)
  const { images } = (await flawsmith('images', 'list', project, '--json')).json() as ListedImages
  const [trains, judges] = ['train', 'test'].map((split) => images.find((image) => image.split === split)?.id ?? 0)

  const alone = await flawsmith('groups', 'join', project, String(trains), '--by', 'Ann', '--json')
  expect(alone).toMatchObject({ code: 1 })
  expect(alone.json()).toMatchObject({ error: { code: 'invalid_request', details: { image: trains } } })
  const unknown = await flawsmith('groups', 'join', project, '999', '--by', 'Ann', '--json')
  expect(unknown.json()).toMatchObject({ error: { code: 'image_not_found' } })
  expect((await flawsmith('changes', 'list', project, '--json')).json()).toMatchObject({ total: 0 })

  const single = await flawsmith('groups', 'split', project, String(trains), '--by', 'Ann')
  expect(single).toMatchObject({ code: 0 })
  expect(single.stdout).toMatch(/Nothing to change/)
  expect((await flawsmith('changes', 'list', project, '--json')).json()).toMatchObject({ total: 0 })

  const joined = await flawsmith('groups', 'join', project, String(trains), String(judges), '--by', 'Ann', '--json')
  expect(joined.json()).toMatchObject({
    images: 2,
    crossing: [{ splits: { train: 1, val: 0, test: 1 }, pairs: 1 }],
  })
  const apart = await flawsmith('groups', 'split', project, String(judges), '--by', 'Ann')
  expect(apart.stdout).not.toMatch(/several splits/)
  const again = await flawsmith('groups', 'join', project, String(trains), String(judges), '--by', 'Ann')
  expect(again.stdout).toMatch(/1 group of 2 images of the same part lies in several splits/)
  expect(again.stdout).toMatch(/: 1 pair$/m)
  for (const told of [
    again.stdout,
    (await flawsmith('groups', 'list', project)).stdout,
    (await flawsmith('splits', 'show', project)).stdout,
  ]) {
    expect(told).toMatch(/The splits are locked.*exclude the images of one side/)
    expect(told).not.toMatch(/uncross/)
  }
})
