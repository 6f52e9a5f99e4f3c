import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import type { ClassId } from '../../../../contract/ids.ts'
import { imagePath } from '../../../../contract/image-path.ts'
import { connect } from '../../../../native-worker/project/storage/connect.ts'
import { selectAll } from '../../../../native-worker/project/storage/query.ts'
import type { LocalClient } from '../../../../native-worker/service/ports/local-client.ts'
import { drawClassFolders } from '../../../helpers/class-folders.ts'
import { errorCodeOf } from '../../../helpers/error-code.ts'
import { testService } from '../../../helpers/test-service.ts'

const by = 'Ann'

/** A project of 16 px with good parts and two classes of defects. */
async function importedProject(client: LocalClient, folder: string) {
  const project = join(folder, 'project')
  await client.request('projects.create', { folder: project, size: 16, channels: 1 })
  await drawClassFolders(join(folder, 'images'), { good: 9, pit: 12, stain: 6 })
  await client.perform('dataset.import', { folder: join(folder, 'images'), fit: 'crop' })
  const { classes } = await client.request('dataset.summary', {})
  const idOf = (name: string): ClassId => {
    const found = classes.find((each) => each.name === name)
    if (found === undefined) throw new Error(name)
    return found.id
  }
  return { project, idOf }
}

const imagesOf = (project: string, className: string) => {
  const db = connect(join(project, 'flawsmith.sqlite'), { sqliteBinding: null, readonly: true })
  const rows = selectAll<{ id: number; sha256: string; split: string }>(
    db,
    'SELECT i.id, i.sha256, i.split FROM images i JOIN classes c ON c.id = i.class_id WHERE c.name = :className ORDER BY i.id',
    { className },
  )
  db.close()
  return rows
}

/** A rectangle of 8 × 8 source pixels in the part that the picture shows. */
async function mark(client: LocalClient, imageId: number): Promise<void> {
  const shape = { kind: 'rectangle' as const, x: 15, y: 10, width: 8, height: 8 }
  await client.request('marks.answer', {
    ...{ imageId: imageId as never, answer: 'marked', by },
    marks: [{ shape, origin: 'drawn' }],
  })
}

const start = (client: LocalClient) => client.request('runs.start', { recipe: 'transplant', engine: 'cpu' })

test('what is missing is said: the class free of defects first, then the marks', async () => {
  const { client, folder } = testService()
  const { project, idOf } = await importedProject(client, folder)
  expect(await errorCodeOf(() => start(client))).toBe('no_good_class')
  await client.request('marks.declareFree', { classId: idOf('good'), by })
  expect(await errorCodeOf(() => start(client))).toBe('marks_missing')
  await expect(
    client.request('runs.start', { recipe: 'transplant', engine: 'cpu', classIds: [idOf('good')] }),
  ).rejects.toThrow('No class with defects is asked for')
  const train = imagesOf(project, 'pit').filter(({ split }) => split === 'train')
  for (const { id } of train.slice(0, 3)) await mark(client, id)
  expect(await errorCodeOf(() => start(client))).toBe('marks_missing')
})

test('only classes that are wanted give their defects away, and one that is left out is refused', async () => {
  const { client, folder } = testService()
  const { project, idOf } = await importedProject(client, folder)
  await client.request('marks.declareFree', { classId: idOf('good'), by })
  for (const name of ['pit', 'stain'])
    for (const { id, split } of imagesOf(project, name)) if (split === 'train') await mark(client, id)
  const recipe = { recipe: 'transplant', engine: 'cpu' } as const
  const run = await client.waitForRun(await client.request('runs.start', { ...recipe, classIds: [idOf('pit')] }))
  expect((await client.request('runs.show', { runId: run.id })).classNames).toEqual(['good', 'pit'])
  await client.request('classes.leaveOut', { classId: idOf('stain'), leftOut: true, by })
  for (const wish of [{ classId: idOf('stain') }, { classIds: [idOf('stain')] }])
    expect(await errorCodeOf(() => client.request('runs.start', { ...recipe, ...wish }))).toBe('class_left_out')
})

test('marked defects of train images are set onto good train images, and nothing else is', async () => {
  const { client, folder } = testService()
  const { project, idOf } = await importedProject(client, folder)
  await client.request('marks.declareFree', { classId: idOf('good'), by })
  const pits = imagesOf(project, 'pit')
  // Those of validation and test are marked, too: they must not give anything away.
  for (const { id } of pits) await mark(client, id)
  const run = await client.waitForRun(await start(client))
  expect(run).toMatchObject({ status: 'finished', recipe: 'transplant' })

  const isTrain = ({ split }: { split: string }): boolean => split === 'train'
  const good = imagesOf(project, 'good').filter(isTrain)
  const list = readFileSync(join(project, 'runs/1/images.txt'), 'utf8').trim().split('\n')
  expect(list).toEqual([...good, ...pits.filter(isTrain)].map(({ sha256 }) => sha256))

  // A candidate of the class free of defects would be one of its own images.
  expect(
    await errorCodeOf(() => client.perform('samples.generate', { runId: run.id, classId: idOf('good'), count: 1 })),
  ).toBe('invalid_request')
  await client.perform('samples.generate', { runId: run.id, classId: idOf('pit'), count: 12 })
  // Another class may be declared free of defects since, and classes be called otherwise: what the run can draw stays the same.
  await client.request('marks.declareFree', { classId: idOf('stain'), by })
  await client.request('classes.rename', { classId: idOf('pit'), name: 'pore', by })
  expect((await client.request('runs.show', { runId: run.id })).drawable).toEqual([idOf('pit')])
  expect(await errorCodeOf(() => client.perform('samples.generateBelowTarget', { runId: run.id }))).toBe(
    'all_at_target',
  )
  const { items, total } = await client.request('samples.list', { classId: idOf('pit'), offset: 0, limit: 12 })
  expect(total).toBe(12)
  const pixelsOf = (sha256: string): Promise<Buffer> =>
    sharp(join(project, 'images', imagePath(sha256 as never)))
      .toColourspace('b-w')
      .raw()
      .toBuffer()
  const backgrounds = await Promise.all(good.map(({ sha256 }) => pixelsOf(sha256)))
  for (const { sha256 } of items) {
    const made = await pixelsOf(sha256)
    // Far from the mark every pixel is one background's own.
    const shares = backgrounds.map(
      (background) => background.filter((value, at) => value === made[at]).length / made.length,
    )
    expect(Math.max(...shares)).toBeGreaterThan(0.3)
    expect(Math.max(...shares)).toBeLessThan(1)
  }
  expect(await client.perform('verify.run', { folder: project })).toMatchObject({ problems: [] })

  // Where the defect went goes with the accepted sample into the export, and nowhere does the picture change outside of it.
  await client.request('review.decide', { sampleIds: items.slice(0, 5).map(({ id }) => id), action: 'accept', by })
  const out = join(folder, 'out')
  await client.perform('exports.run', { folder: out, layout: 'imagefolder', target: 20 })
  const masks = JSON.parse(readFileSync(join(out, 'synthetic-masks.json'), 'utf8')) as CocoMasks
  expect(masks.annotations).toHaveLength(masks.images.length)
  expect(masks.images.length).toBeGreaterThan(0)
  for (const [index, { bbox, area, segmentation }] of masks.annotations.entries()) {
    const file = join(out, masks.images[index]?.file_name ?? '')
    const made = await sharp(file).toColourspace('b-w').raw().toBuffer()
    // Counts run down the columns: outside, inside, outside …
    const inside: number[] = []
    let at = 0
    segmentation.counts.forEach((length, run) => {
      if (run % 2 === 1)
        for (let each = at; each < at + length; each++) inside.push((each % 16) * 16 + Math.floor(each / 16))
      at += length
    })
    expect(inside).toHaveLength(area)
    expect(bbox[2] * bbox[3]).toBeGreaterThanOrEqual(area)
    const isInside = new Set(inside)
    expect(
      backgrounds.some((background) =>
        made.every((value, place) => isInside.has(place) || value === background[place]),
      ),
    ).toBe(true)
  }
})

interface CocoMasks {
  readonly images: readonly { readonly file_name: string }[]
  readonly annotations: readonly {
    readonly bbox: readonly [number, number, number, number]
    readonly area: number
    readonly segmentation: { readonly counts: readonly number[] }
  }[]
}
