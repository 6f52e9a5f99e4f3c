import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import type { FrameId } from '../../../../contract/ids.ts'
import type { PatchOptions } from '../../../../contract/large-frames.ts'
import type { MarkExportFormat } from '../../../../contract/marks.ts'
import { RandomStream } from '../../../../native-worker/random/random-stream.ts'
import type { LocalClient } from '../../../../native-worker/service/ports/local-client.ts'
import { rampPng } from '../../../helpers/test-pictures.ts'
import { testService } from '../../../helpers/test-service.ts'

const options: PatchOptions = {
  margin: { unit: 'share', value: 0.25 },
  copies: 1,
  side: 32,
  seed: 1,
  good: null,
}

/** Grain of its own: no two of them show the same part. */
function drawFrame(seed: number): Promise<Buffer> {
  const random = RandomStream.fromSeed(seed, 'frame of a test')
  const pixels = Buffer.from(Array.from({ length: 400 * 300 }, () => random.integer(256)))
  return sharp(pixels, { raw: { width: 400, height: 300, channels: 1 } })
    .toColourspace('b-w')
    .png({ compressionLevel: 1 })
    .toBuffer()
}

/** A 32 px project with frames of 400 × 300 in it. */
async function projectWithFrames(count: number): Promise<{ client: LocalClient; folder: string; frames: FrameId[] }> {
  const { client, folder } = testService()
  await client.request('projects.create', { folder: join(folder, 'project'), size: 32, channels: 1 })
  await mkdir(join(folder, 'frames', 'line'), { recursive: true })
  for (let index = 0; index < count; index++)
    await writeFile(join(folder, 'frames', 'line', `${index}.png`), await drawFrame(index))
  const { frames, skipped } = await client.perform('frames.add', { folder: join(folder, 'frames') })
  expect(skipped).toEqual([])
  return { client, folder, frames: [...frames] }
}

function firstOf<Item>(items: readonly Item[]): Item {
  const [first] = items
  if (first === undefined) throw new Error('there is none')
  return first
}

test('boxes become patches of their class, each linked to its frame', async () => {
  const { client, folder, frames } = await projectWithFrames(2)
  const first = firstOf(frames)
  const second = firstOf(frames.slice(1))
  await client.request('frames.addBox', {
    frameId: first,
    className: 'pit',
    box: { x: 100, y: 80, width: 20, height: 10 },
  })
  await client.request('frames.addBox', {
    frameId: first,
    className: 'pit',
    box: { x: 0, y: 290, width: 10, height: 10 },
  })
  await client.request('frames.addBox', {
    frameId: second,
    className: 'scratch',
    box: { x: 200, y: 150, width: 100, height: 8 },
  })
  const report = await client.perform('frames.cut', { frames, options })
  expect(report).toEqual({
    frames: 2,
    boxes: 3,
    patches: 3,
    good: 0,
    duplicates: 0,
    excluded: 0,
    mixed: 0,
    skipped: [],
    classes: { pit: 2, scratch: 1 },
  })
  const { classes } = await client.request('dataset.summary', {})
  const pits = await client.request('dataset.images', { classId: firstOf(classes).id, offset: 0, limit: 10 })
  expect(
    pits.items.map(({ sourcePath, sourceWidth, sourceHeight }) => ({ sourcePath, sourceWidth, sourceHeight })),
  ).toEqual([
    { sourcePath: 'line/0.png#xywh=94,69,32,32', sourceWidth: 400, sourceHeight: 300 },
    { sourcePath: 'line/0.png#xywh=0,268,32,32', sourceWidth: 400, sourceHeight: 300 },
  ])
  expect(
    (await client.request('frames.list', {})).map(({ name, boxes, patches }) => ({ name, boxes, patches })),
  ).toEqual([
    { name: 'line/0.png', boxes: 2, patches: 2 },
    { name: 'line/1.png', boxes: 1, patches: 1 },
  ])
  expect((await client.perform('verify.run', {})).problems).toEqual([])
  expect(await readdir(join(folder, 'project', 'originals'))).toHaveLength(2)
})

test.each<MarkExportFormat>(['coco', 'yolo', 'voc', 'png'])(
  'marks of patches exported as %s come back where they were',
  async (format) => {
    const { client, folder, frames } = await projectWithFrames(1)
    const frameId = firstOf(frames)
    const [first, second] = [
      { x: 100, y: 80, width: 20, height: 10 },
      { x: 300, y: 200, width: 12, height: 6 },
    ]
    for (const box of [first, second]) await client.request('frames.addBox', { frameId, className: 'pit', box })
    await client.perform('frames.cut', { frames, options })
    const out = join(folder, 'marks')
    await client.perform('marks.export', { folder: out, format })
    const before = await client.request('marks.list', {})
    for (const { id } of before)
      await client.request('marks.answer', { imageId: id, answer: 'none', marks: [], by: 'Ann' })
    const wish = { folder: out, format: 'auto', by: 'Ann', replace: true } as const
    expect(await client.perform('marks.import', wish)).toMatchObject({ format, images: 2, marks: 2, refused: [] })
    const after = await client.request('marks.list', {})
    expect(
      after.map(({ marks }) => marks.map(({ shape: { x, y, width, height } }) => ({ x, y, width, height }))),
    ).toEqual([[first], [second]])
  },
)

test('what is drawn on a frame is shown on each of its patches, with its class, as far as it is seen there', async () => {
  const { client, frames } = await projectWithFrames(1)
  const frameId = firstOf(frames)
  const pit = { x: 100, y: 80, width: 20, height: 10 }
  const scratch = { x: 110, y: 92, width: 40, height: 6 }
  await client.request('frames.addBox', { frameId, className: 'pit', box: pit })
  await client.request('frames.addBox', { frameId, className: 'scratch', box: scratch })
  await client.request('frames.addBox', { frameId, className: 'pit', box: { ...pit, x: 300 } })
  await client.perform('frames.cut', { frames, options })
  const [id] = await client.request('images.order', { filter: {}, sort: 'import' })
  if (id === undefined) throw new Error('nothing was cut')
  const { fitted, boxes } = await client.request('images.boxes', { id })
  const { x, width } = fitted.shown
  expect(boxes).toEqual([
    { from: 'mark', className: 'pit', shape: { kind: 'rectangle', ...pit } },
    { from: 'frame', className: 'scratch', shape: { kind: 'rectangle', ...scratch, width: x + width - scratch.x } },
  ])
  await client.request('images.exclude', { ids: [id], by: 'Ann' })
  expect((await client.request('images.boxes', { id })).boxes).toHaveLength(2)
})

test('cut again, what is there does not come twice; other margins give other patches of the same frame', async () => {
  const { client, frames } = await projectWithFrames(1)
  const frameId = firstOf(frames)
  await client.request('frames.addBox', { frameId, className: 'pit', box: { x: 100, y: 80, width: 40, height: 40 } })
  expect(await client.perform('frames.cut', { frames, options })).toMatchObject({ patches: 1, duplicates: 0 })
  expect(await client.perform('frames.cut', { frames, options })).toMatchObject({ patches: 0, duplicates: 1 })
  const wider = { ...options, margin: { unit: 'pixels', value: 30 } } as const
  expect(await client.perform('frames.cut', { frames, options: wider })).toMatchObject({ patches: 1, duplicates: 0 })
})

test('a patch that a person excluded stays so when its frame is cut again, until it is put back', async () => {
  const { client, frames } = await projectWithFrames(1)
  const frameId = firstOf(frames)
  for (const x of [100, 300])
    await client.request('frames.addBox', { frameId, className: 'pit', box: { x, y: 80, width: 20, height: 10 } })
  await client.perform('frames.cut', { frames, options })
  const [id, other] = await client.request('images.order', { filter: {}, sort: 'import' })
  if (id === undefined || other === undefined) throw new Error('nothing was cut')
  const { batch } = await client.request('images.exclude', { ids: [id], by: 'Ann' })
  const again = await client.perform('frames.cut', { frames, options })
  expect(again).toMatchObject({ patches: 0, duplicates: 1, excluded: 1, classes: { pit: 1 } })
  expect(await client.request('images.order', { filter: {}, sort: 'import' })).toEqual([other])

  await client.request('changes.undo', { batch: batch ?? 0, by: 'Ann' })
  expect(await client.perform('frames.cut', { frames, options })).toMatchObject({ duplicates: 2, excluded: 0 })
})

test('boxes outlive the undoing of the import that cut around them, and the removal of their class', async () => {
  const { client, frames } = await projectWithFrames(1)
  const frameId = firstOf(frames)
  const box = { x: 100, y: 80, width: 20, height: 10 }
  await client.request('frames.addBox', { frameId, className: 'pit', box })
  await client.perform('frames.cut', { frames, options })
  await client.request('imports.undo', { importId: 1, by: 'Ann' })
  expect(await client.request('dataset.summary', {})).toMatchObject({ classes: [], images: 0 })
  expect(await client.request('frames.boxes', { frameId })).toMatchObject([{ className: 'pit', box }])
  expect(await client.perform('frames.cut', { frames, options })).toMatchObject({ patches: 1, classes: { pit: 1 } })

  const { classes } = await client.request('dataset.summary', {})
  await client.request('classes.remove', { classId: firstOf(classes).id, by: 'Ann' })
  expect(await client.request('frames.boxes', { frameId })).toMatchObject([{ className: 'pit' }])
  // Another class has the name now, and the box with it.
  const hole = firstOf(
    await client
      .request('frames.addBox', { frameId, className: 'hole', box: { ...box, x: 200 } })
      .then((all) => all.filter(({ className }) => className === 'hole')),
  )
  await client.request('classes.rename', { classId: hole.classId, name: 'pit', by: 'Ann' })
  expect(await client.request('frames.boxes', { frameId })).toMatchObject([
    { className: 'pit', classId: hole.classId },
    { className: 'pit', classId: hole.classId },
  ])
})

test('all patches of a frame stay in one split', async () => {
  const { client, frames } = await projectWithFrames(8)
  for (const frameId of frames)
    await client.request('frames.addBox', { frameId, className: 'pit', box: { x: 100, y: 80, width: 20, height: 10 } })
  const asked = { ...options, copies: 4, good: { perFrame: 3, className: 'good' } }
  const report = await client.perform('frames.cut', { frames, options: asked })
  expect(report).toMatchObject({ patches: 8 * 7, good: 8 * 3 })
  const { classes } = await client.request('dataset.summary', {})
  const splitsOf = new Map<string, Set<string>>()
  for (const { id } of classes)
    for (const { sourcePath, split } of (await client.request('dataset.images', { classId: id, offset: 0, limit: 100 }))
      .items) {
      const frame = sourcePath.split('#')[0] ?? ''
      splitsOf.set(frame, (splitsOf.get(frame) ?? new Set()).add(split ?? 'none'))
    }
  expect(splitsOf.size).toBe(8)
  for (const splits of splitsOf.values()) expect(splits.size).toBe(1)
  expect(new Set([...splitsOf.values()].flatMap((splits) => [...splits]))).toEqual(new Set(['train', 'val', 'test']))
})

test('a frame cut after the splits were locked joins the split of its first patches', async () => {
  const { client, frames } = await projectWithFrames(6)
  for (const frameId of frames)
    await client.request('frames.addBox', { frameId, className: 'pit', box: { x: 100, y: 80, width: 20, height: 10 } })
  await client.perform('frames.cut', { frames, options: { ...options, copies: 2 } })
  await client.request('dataset.lockSplits', {})
  await client.perform('frames.cut', { frames, options: { ...options, copies: 5 } })
  const pit = firstOf((await client.request('dataset.summary', {})).classes)
  const { items } = await client.request('dataset.images', { classId: pit.id, offset: 0, limit: 100 })
  const pairs = new Set(items.map(({ sourcePath, split }) => `${sourcePath.split('#')[0] ?? ''} ${split}`))
  expect(items).toHaveLength(30)
  expect(pairs.size).toBe(6)
  expect((await client.perform('verify.run', {})).problems).toEqual([])
})

test('boxes are kept as they are drawn, and changed or taken away one at a time', async () => {
  const { client, frames } = await projectWithFrames(1)
  const frameId = firstOf(frames)
  const box = { x: 10, y: 10, width: 20, height: 20 }
  const drawn = firstOf(await client.request('frames.addBox', { frameId, className: 'pit', box }))
  const moved = { ...box, x: 50 }
  expect(
    await client.request('frames.changeBox', { frameId, boxId: drawn.id, className: 'scratch', box: moved }),
  ).toMatchObject([{ id: drawn.id, className: 'scratch', box: moved }])
  await expect(
    client.request('frames.addBox', { frameId, className: 'pit', box: { ...box, x: 390 } }),
  ).rejects.toMatchObject({ code: 'box_outside' })
  expect(await client.request('frames.removeBox', { frameId, boxId: drawn.id })).toEqual([])
  await expect(
    client.request('frames.changeBox', { frameId, boxId: drawn.id, className: 'pit', box }),
  ).rejects.toMatchObject({ code: 'box_not_found' })
  await expect(client.perform('frames.cut', { frames, options })).rejects.toMatchObject({ code: 'nothing_to_cut' })
})

test('a frame that was taken off the list comes back with its boxes when it is added again', async () => {
  const { client, folder, frames } = await projectWithFrames(1)
  const frameId = firstOf(frames)
  await client.request('frames.addBox', { frameId, className: 'pit', box: { x: 1, y: 1, width: 9, height: 9 } })
  expect(await client.request('frames.remove', { frameId })).toEqual([])
  const added = await client.perform('frames.add', { folder: join(folder, 'frames', 'line', '0.png') })
  expect(added).toEqual({ frames: [frameId], known: 1, skipped: [] })
  expect(await client.request('frames.list', {})).toMatchObject([{ id: frameId, boxes: 1 }])
})

test('a preview shows the very patches that are cut', async () => {
  const { client, frames } = await projectWithFrames(2)
  for (const frameId of frames)
    await client.request('frames.addBox', { frameId, className: 'pit', box: { x: 100, y: 80, width: 20, height: 10 } })
  const asked = { ...options, copies: 3 }
  const preview = await client.request('frames.preview', { frames, options: asked })
  expect(preview).toMatchObject({ boxes: 2, patches: 6, good: 0, mixed: 0 })
  await client.perform('frames.cut', { frames, options: asked })
  const pit = firstOf((await client.request('dataset.summary', {})).classes)
  const { items } = await client.request('dataset.images', { classId: pit.id, offset: 0, limit: 3 })
  expect(preview.previews.map(({ sha256 }) => sha256)).toEqual(items.map(({ sha256 }) => sha256))
})

test('masks of the same names give boxes of the class that their folder says', async () => {
  const { client, folder, frames } = await projectWithFrames(3)
  const masks = join(folder, 'masks')
  await mkdir(join(masks, 'pit'), { recursive: true })
  const pixels = Buffer.alloc(400 * 300)
  for (let y = 50; y < 60; y++) pixels.fill(255, y * 400 + 100, y * 400 + 130)
  pixels[200 * 400 + 300] = 255
  const mask = await sharp(pixels, { raw: { width: 400, height: 300, channels: 1 } })
    .png()
    .toBuffer()
  await writeFile(join(masks, 'pit', '0_mask.png'), mask)
  await writeFile(join(masks, 'pit', '1.png'), await rampPng(40))
  await writeFile(join(masks, 'pit', 'of nothing.png'), mask)
  const report = await client.perform('frames.importMasks', { folder: masks, frames })
  expect(report).toEqual({
    frames: 1,
    boxes: 2,
    unmatched: 1,
    skipped: [{ path: 'pit/1.png', reason: 'corrupt', detail: '40 × 40 pixels, the frame has 400 × 300' }],
  })
  expect(await client.perform('frames.importMasks', { folder: masks, frames })).toMatchObject({ boxes: 0 })
  expect(await client.request('frames.boxes', { frameId: firstOf(frames) })).toMatchObject([
    { className: 'pit', box: { x: 100, y: 50, width: 30, height: 10 } },
    { className: 'pit', box: { x: 300, y: 200, width: 1, height: 1 } },
  ])
})

test('a frame whose bytes are gone is skipped by name; the others are cut', async () => {
  const { client, folder, frames } = await projectWithFrames(2)
  for (const frameId of frames)
    await client.request('frames.addBox', { frameId, className: 'pit', box: { x: 100, y: 80, width: 20, height: 10 } })
  const originals = join(folder, 'project', 'originals')
  const [shelf = ''] = await readdir(originals)
  await rm(join(originals, shelf), { recursive: true })
  const report = await client.perform('frames.cut', { frames, options })
  expect(report).toMatchObject({ patches: 1, skipped: [{ reason: 'unreadable', detail: 'ENOENT' }] })
})

test('the boxes of its class are the marks of a patch, as far as it shows them; they are in the record', async () => {
  const { client, frames } = await projectWithFrames(1)
  const frameId = firstOf(frames)
  const add = (className: string, x: number, width = 10) =>
    client.request('frames.addBox', { frameId, className, box: { x, y: 100, width, height: 10 } })
  await add('pit', 100)
  await add('pit', 112, 60)
  await add('scratch', 108, 4)
  const asked = { ...options, good: { perFrame: 1, className: 'good' } }
  await client.perform('frames.cut', { frames, options: asked, by: 'Li Wei' })
  const { classes } = await client.request('dataset.summary', {})
  const marksOf = async (className: string) => {
    const { id } = firstOf(classes.filter(({ name }) => name === className))
    const { items } = await client.request('dataset.images', { classId: id, offset: 0, limit: 10 })
    const { answer, marks } = await client.request('marks.image', { imageId: firstOf(items).id })
    return { answer, marks: marks.map(({ shape: { x, width }, origin }) => ({ x, width, origin })) }
  }
  // The window goes from 89 to 121.
  expect(await marksOf('pit')).toEqual({
    answer: 'marked',
    marks: [
      { x: 100, width: 10, origin: 'drawn' },
      { x: 112, width: 9, origin: 'drawn' },
    ],
  })
  expect(await marksOf('good')).toEqual({ answer: 'open', marks: [] })
  expect((await client.perform('verify.run', {})).problems).toEqual([])
})

test('boxes of COCO go onto the frames of their names; what fits none, or not into its frame, is said', async () => {
  const { client, folder, frames } = await projectWithFrames(2)
  const coco = {
    images: [
      { id: 1, file_name: '0.png', width: 400, height: 300 },
      { id: 2, file_name: '1.png', width: 40, height: 30 },
      { id: 3, file_name: 'another.png' },
    ],
    categories: [{ id: 7, name: 'pit' }],
    annotations: [
      { image_id: 1, category_id: 7, bbox: [10, 20, 30, 40] },
      { image_id: 1, category_id: 7, bbox: [390, 20, 30, 40] },
      { image_id: 2, category_id: 7, bbox: [1, 2, 3, 4] },
    ],
  }
  const file = join(folder, 'boxes.json')
  await writeFile(file, JSON.stringify(coco))
  const report = await client.perform('frames.importBoxes', { folder: file, frames })
  expect(report).toMatchObject({ frames: 1, boxes: 1, unmatched: 1 })
  expect(report.skipped).toHaveLength(2)
  expect(report.skipped.map(({ detail }) => detail).join()).toContain('says 40 × 30 pixels, the frame has 400 × 300')
  expect(await client.request('frames.boxes', { frameId: firstOf(frames) })).toMatchObject([
    { className: 'pit', box: { x: 10, y: 20, width: 30, height: 40 }, origin: 'coco' },
  ])
  expect(await client.perform('frames.importBoxes', { folder: file, frames })).toMatchObject({ boxes: 0 })
})
