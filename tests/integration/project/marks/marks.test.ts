import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { imagePath } from '../../../../contract/image-path.ts'
import { maskOf } from '../../../../contract/mark-shapes.ts'
import { toPicture } from '../../../../contract/fitted-picture.ts'
import type { Mark, MarkableImage, MarkExportFormat, MarksImportReport, MarkShape } from '../../../../contract/marks.ts'
import { connect } from '../../../../native-worker/project/storage/connect.ts'
import type { LocalClient } from '../../../../native-worker/service/ports/local-client.ts'
import { RandomStream } from '../../../../native-worker/random/random-stream.ts'
import { errorCodeOf } from '../../../helpers/error-code.ts'
import { rampPixels } from '../../../helpers/test-pictures.ts'
import { testService } from '../../../helpers/test-service.ts'

const width = 100
const height = 80

interface Opened {
  readonly client: LocalClient
  readonly folder: string
  readonly images: string
}

/** Three scratches and three pits of 100 × 80 pixels and five good images, in a project of 64 px. */
async function openMarkable(fit: 'crop' | 'letterbox' | 'stretch' = 'crop'): Promise<Opened> {
  const { client, folder } = testService()
  const images = join(folder, 'images')
  for (const [name, count] of Object.entries({ scratch: 3, pit: 3, good: 5 })) {
    mkdirSync(join(images, name), { recursive: true })
    for (let index = 0; index < count; index++) {
      const pixels = rampPixels(width, height, name.length * 30 + index * 7)
      await sharp(pixels, { raw: { width, height, channels: 1 } })
        .toColourspace('b-w')
        .png()
        .toFile(join(images, name, `00${index}.png`))
    }
  }
  await client.request('projects.create', { folder: join(folder, 'project'), size: 64, channels: 1 })
  await client.perform('dataset.import', { folder: images, fit })
  return { client, folder, images }
}

async function imageOf(client: LocalClient, path: string): Promise<MarkableImage> {
  for (const { id } of await client.request('marks.queue', { classId: null, limit: 100 })) {
    const image = await client.request('marks.image', { imageId: id })
    if (image.sourcePath === path) return image
  }
  throw new Error(`no image ${path}`)
}

const rectangle = (x: number, y: number, across: number, down: number): MarkShape => ({
  kind: 'rectangle',
  ...{ x, y, width: across, height: down },
})
const drawn = (shape: MarkShape): Mark => ({ shape, origin: 'drawn' })
const answer = async (client: LocalClient, path: string, ...shapes: readonly MarkShape[]): Promise<MarkableImage> =>
  client.request('marks.answer', {
    imageId: (await imageOf(client, path)).id,
    answer: shapes.length === 0 ? 'none' : 'marked',
    marks: shapes.map(drawn),
    by: 'Ann',
  })

test('what is said about an image stands, can be said anew and taken back step by step, and is in the record', async () => {
  const { client, folder } = await openMarkable()
  const first = rectangle(10, 20, 5, 4)
  const second = rectangle(30, 2, 8, 3)
  expect(await answer(client, 'pit/000.png', first)).toMatchObject({ answer: 'marked', marks: [drawn(first)] })
  await answer(client, 'pit/000.png', first, second)
  await answer(client, 'pit/001.png')
  const overview = await client.request('marks.overview', {})
  expect(overview.classes.find(({ name }) => name === 'pit')).toMatchObject({ images: 3, marked: 1, none: 1 })
  // The next ones to mark come first.
  const queue = await client.request('marks.queue', { classId: null, limit: 100 })
  expect(queue.map(({ answer: state }) => state)).toEqual([
    ...Array.from({ length: 9 }, () => 'open'),
    'marked',
    'none',
  ])

  const standing = async (path: string): Promise<readonly MarkShape[] | string> => {
    const image = await imageOf(client, path)
    return image.answer === 'marked' ? image.marks.map(({ shape }) => shape) : image.answer
  }
  const undo = (): Promise<unknown> => client.request('marks.undo', { by: 'Ann', source: 'hand' })
  await undo()
  expect(await standing('pit/001.png')).toBe('open')
  await undo()
  expect(await standing('pit/000.png')).toEqual([first])
  await answer(client, 'pit/000.png', second)
  await undo()
  expect(await standing('pit/000.png')).toEqual([first])
  await undo()
  expect(await standing('pit/000.png')).toBe('open')
  expect(await errorCodeOf(undo)).toBe('nothing_to_undo')
  expect(await errorCodeOf(() => client.request('marks.undo', { by: 'Bob', source: 'hand' }))).toBe('nothing_to_undo')

  await answer(client, 'pit/000.png', first)
  const report = await client.perform('verify.run', {})
  expect(report.problems).toEqual([])
  await client.request('projects.close', {})
  const database = connect(join(folder, 'project', 'flawsmith.sqlite'), { sqliteBinding: null })
  expect(() => database.exec('UPDATE marks SET x = 1')).toThrow('append-only')
  expect(() => database.exec('DELETE FROM mark_answers')).toThrow('append-only')
  database.exec('DROP TRIGGER marks_never_change; UPDATE marks SET x = 1 WHERE id = 1')
  database.close()
  await client.request('projects.open', { folder: join(folder, 'project') })
  const { problems } = await client.perform('verify.run', {})
  expect(problems.map(({ path }) => path)).toEqual(expect.arrayContaining(['marks 1']))
})

const wrongMarks: readonly (readonly [string, MarkShape, string])[] = [
  ['outside', rectangle(95, 0, 6, 5), 'mark_outside'],
  ['of the whole image', rectangle(0, 0, width, height), 'mark_covers_image'],
  ['without a pixel', { kind: 'mask', ...{ x: 1, y: 1, width: 3, height: 3 }, runs: [] }, 'mark_empty'],
  ['of no size', rectangle(1, 1, 0, 5), 'invalid_request'],
  ['at NaN', rectangle(NaN, 1, 4, 5), 'invalid_request'],
  ['at half a pixel', rectangle(0.5, 1, 4, 5), 'invalid_request'],
  [
    'whose runs are longer than it',
    { kind: 'mask', ...{ x: 1, y: 1, width: 3, height: 3 }, runs: [0, 10] },
    'invalid_request',
  ],
]

test('a mark that says nothing is refused, and the others with it', async () => {
  const { client } = await openMarkable()
  for (const [name, shape, code] of wrongMarks)
    expect([name, await errorCodeOf(() => answer(client, 'pit/000.png', rectangle(1, 1, 4, 4), shape))]).toEqual([
      name,
      code,
    ])
  expect((await imageOf(client, 'pit/000.png')).answer).toBe('open')
})

test('the whole source is shown to mark on, until its file is gone', async () => {
  const { client, folder } = await openMarkable()
  const { id, fitted } = await imageOf(client, 'pit/000.png')
  expect(fitted).toMatchObject({ fit: 'crop', shown: { x: 10, width: 80 }, size: 64 })
  const view = await client.request('marks.view', { imageId: id })
  expect(view?.fitted).toEqual({ fit: 'letterbox', shown: { x: 0, y: 0, width, height }, size: 100 })
  if (view === null) return
  const file = join(folder, 'cache', 'frames', 'pictures', imagePath(view.sha256))
  expect(await sharp(file).metadata()).toMatchObject({ width: 100, height: 100, channels: 1 })
  // Where the picture does not show anything, a mark may lie all the same: it survives another fit.
  await answer(client, 'pit/000.png', rectangle(0, 0, 8, 8))
  rmSync(join(folder, 'project', 'originals'), { recursive: true })
  mkdirSync(join(folder, 'project', 'originals'))
  expect(await client.request('marks.view', { imageId: id })).toBeNull()
})

test('an answer and its marks go together, and an image that is not there has none', async () => {
  const { client } = await openMarkable()
  const { id } = await imageOf(client, 'pit/000.png')
  const marks = [drawn(rectangle(1, 1, 4, 4))]
  for (const wrong of [
    { imageId: id, answer: 'none', marks, by: 'Ann' },
    { imageId: id, answer: 'marked', marks: [], by: 'Ann' },
  ] as const)
    expect(await errorCodeOf(() => client.request('marks.answer', wrong))).toBe('invalid_request')
  expect(await errorCodeOf(() => client.request('marks.image', { imageId: 999 as typeof id }))).toBe('image_not_found')
})

test.each(['crop', 'letterbox', 'stretch'] as const)(
  'where a mark lies in a picture fitted by “%s” is where its pixels are',
  async (fit) => {
    const { client, folder } = testService()
    const box = { x: 40, y: 30, width: 20, height: 10 }
    const pixels = Buffer.alloc(width * height, 20)
    for (let y = box.y; y < box.y + box.height; y++) pixels.fill(255, y * width + box.x, y * width + box.x + box.width)
    mkdirSync(join(folder, 'images', 'pit'), { recursive: true })
    await sharp(pixels, { raw: { width, height, channels: 1 } })
      .png()
      .toFile(join(folder, 'images', 'pit', 'a.png'))
    await client.request('projects.create', { folder: join(folder, 'project'), size: 64, channels: 1 })
    await client.perform('dataset.import', { folder: join(folder, 'images'), fit })
    const image = await imageOf(client, 'pit/a.png')
    const stored = await readFile(join(folder, 'project', 'images', imagePath(image.sha256)))
    const picture = await sharp(stored).toColourspace('b-w').raw().toBuffer()
    const bright = [...picture].flatMap((value, at) => (value > 137 ? [[at % 64, Math.floor(at / 64)] as const] : []))
    const [xs, ys] = [bright.map(([x]) => x), bright.map(([, y]) => y)]
    const expected = toPicture(box, image.fitted)
    expect(expected).not.toBeNull()
    if (expected === null) return
    expect(Math.abs(expected.x - Math.min(...xs))).toBeLessThanOrEqual(1)
    expect(Math.abs(expected.y - Math.min(...ys))).toBeLessThanOrEqual(1)
    expect(Math.abs(expected.x + expected.width - 1 - Math.max(...xs))).toBeLessThanOrEqual(1)
    expect(Math.abs(expected.y + expected.height - 1 - Math.max(...ys))).toBeLessThanOrEqual(1)
  },
)

const blob = maskOf([
  { y: 50, x: 20, end: 26 },
  { y: 51, x: 18, end: 24 },
  { y: 52, x: 30, end: 31 },
  { y: 51, x: 24, end: 31 },
])

test.each<[MarkExportFormat, boolean]>([
  ['coco', true],
  ['yolo', false],
  ['voc', false],
  ['png', true],
])('marks exported as %s come back the same in a new project', async (format, keepsMasks) => {
  const { client, folder, images } = await openMarkable()
  if (blob === null) throw new Error('no blob')
  const box = rectangle(10, 5, 30, 7)
  await answer(client, 'pit/000.png', box, blob)
  await answer(client, 'scratch/000.png', rectangle(0, 0, 3, 4))
  await answer(client, 'scratch/001.png')
  const out = join(folder, 'marks')
  expect(await client.perform('marks.export', { folder: out, format })).toEqual({
    format,
    out,
    images: 3,
    marks: 3,
    masksAsBoxes: keepsMasks ? 0 : 1,
  })
  expect(await errorCodeOf(() => client.perform('marks.export', { folder: out, format }))).toBe('export_target_exists')

  await client.request('projects.create', { folder: join(folder, 'second'), size: 32, channels: 1 })
  await client.perform('dataset.import', { folder: images, fit: 'letterbox' })
  const wish = { folder: out, format: 'auto', by: 'Ann', replace: false } as const
  expect(await client.perform('marks.import', wish)).toEqual({
    format,
    folder: out,
    images: 2,
    marks: 3,
    unchanged: 0,
    withoutMarks: 1,
    ofImageClass: [],
    refused: [],
  })
  const { runs: _, kind: _kind, ...around } = blob
  const shapes = (await imageOf(client, 'pit/000.png')).marks.map(({ shape, origin }) => {
    expect(origin).toBe(format)
    return shape
  })
  const expectedBox =
    format === 'png' ? maskOf(Array.from({ length: 7 }, (_row, row) => ({ y: 5 + row, x: 10, end: 40 }))) : box
  expect(shapes).toEqual([expectedBox, keepsMasks ? blob : { kind: 'rectangle', ...around }])
  expect((await imageOf(client, 'scratch/001.png')).answer).toBe('open')

  // A second time there is nothing to do; what a person said since is kept, unless it is to be replaced.
  expect(await client.perform('marks.import', wish)).toMatchObject({ images: 0, unchanged: 2, refused: [] })
  await answer(client, 'pit/000.png', rectangle(1, 1, 2, 2))
  expect(await client.perform('marks.import', wish)).toMatchObject({
    images: 0,
    refused: [{ reason: 'already_marked' }],
  })
  expect(await client.perform('marks.import', { ...wish, replace: true })).toMatchObject({ images: 1, marks: 2 })
  expect(await client.request('marks.undo', { by: 'Ann', source: 'import' })).toHaveLength(1)
  expect((await imageOf(client, 'pit/000.png')).marks).toEqual([drawn(rectangle(1, 1, 2, 2))])
  expect((await client.perform('verify.run', {})).problems).toEqual([])
})

test('masks of an MVTec folder lie on the images of their defect; what does not fit is refused by name and value', async () => {
  const { client, folder } = await openMarkable()
  const masks = join(folder, 'mvtec', 'ground_truth')
  const mask = (w: number, h: number, value: number): Promise<Buffer> => {
    const pixels = Buffer.alloc(w * h)
    pixels.fill(value, w * 3 + 4, w * 3 + 9)
    pixels.fill(value, w * 10 + 40, w * 10 + 42)
    return sharp(pixels, { raw: { width: w, height: h, channels: 1 } })
      .toColourspace('b-w')
      .png()
      .toBuffer()
  }
  const files: Readonly<Record<string, Buffer>> = {
    'pit/000_mask.png': await mask(width, height, 255),
    // Masks hold the number of a kind of defect, too.
    'pit/001_mask.png': await mask(width, height, 1),
    'pit/002_mask.png': await mask(60, height, 255),
    'pit/900_mask.png': await mask(width, height, 255),
    'scratch/000_mask.png': await mask(width, height, 0),
    'scratch/001_mask.png': Buffer.from('no picture'),
    'crack/000_mask.png': await mask(width, height, 255),
  }
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(join(masks, name.split('/')[0] ?? ''), { recursive: true })
    writeFileSync(join(masks, name), bytes)
  }
  const report = await client.perform('marks.import', {
    folder: join(folder, 'mvtec'),
    format: 'auto',
    by: 'Ann',
    replace: false,
  })
  expect(report).toMatchObject({ format: 'mvtec', images: 2, marks: 4, withoutMarks: 1 })
  expect(
    report.refused.map(({ path, reason, detail }) => [path, reason, reason === 'not_readable' ? '' : detail]),
  ).toEqual([
    ['ground_truth/crack/000_mask.png', 'other_class', '“000” is no image of “crack” but of “good”'],
    ['ground_truth/pit/900_mask.png', 'no_image', '900'],
    ['ground_truth/pit/002_mask.png', 'size_differs', `60 × ${height}, the image is ${width} × ${height}`],
    ['ground_truth/scratch/001_mask.png', 'not_readable', ''],
  ])
})

test('masks of an MVTec folder become marks of its images when they are imported', async () => {
  const { client, folder } = testService()
  const root = join(folder, 'bottle')
  const write = async (path: string, pixels: Buffer, across = width): Promise<void> => {
    mkdirSync(join(root, path, '..'), { recursive: true })
    await sharp(pixels, { raw: { width: across, height: pixels.length / across, channels: 1 } })
      .toColourspace('b-w')
      .png()
      .toFile(join(root, path))
  }
  for (let index = 0; index < 4; index++) await write(`train/good/00${index}.png`, rampPixels(width, height, index))
  await write('test/good/000.png', rampPixels(width, height, 40))
  for (let index = 0; index < 3; index++)
    await write(`test/crack/00${index}.png`, rampPixels(width, height, 60 + index))
  const mask = Buffer.alloc(width * height)
  mask.fill(255, 5 * width + 10, 5 * width + 25)
  await write('ground_truth/crack/000_mask.png', mask)
  await write('ground_truth/crack/001_mask.png', mask.subarray(0, width * 40))
  await client.request('projects.create', { folder: join(folder, 'project'), size: 64, channels: 1 })
  const report = await client.perform('dataset.import', { folder: root, fit: 'crop' })
  expect(report.marks).toEqual({
    images: 1,
    marks: 1,
    refused: [
      { path: 'ground_truth/crack/001_mask.png', reason: 'size_differs', detail: '100 × 40, the image is 100 × 80' },
    ],
  })
  expect((await client.request('dataset.lastImport', {}))?.marks).toEqual(report.marks)
  const [marked] = await client.request('marks.list', {})
  expect(marked).toMatchObject({
    className: 'crack',
    marks: [{ shape: { kind: 'mask', x: 10, y: 5, width: 15, height: 1, runs: [0, 15] }, origin: 'png' }],
  })
  expect((await client.perform('verify.run', {})).problems).toEqual([])
})

test('one class is free of defects: suggested by its name, compared with from the train split only, no longer to be marked', async () => {
  const { client, folder } = await openMarkable()
  const more = join(folder, 'more')
  for (const [index, path] of ['train/good/a.png', 'train/good/b.png', 'test/good/c.png'].entries()) {
    const random = RandomStream.fromSeed(index, 'noise')
    const pixels = Uint8Array.from({ length: width * height }, () => random.integer(256))
    mkdirSync(join(more, path, '..'), { recursive: true })
    await sharp(pixels, { raw: { width, height, channels: 1 } })
      .png()
      .toFile(join(more, path))
  }
  await client.perform('dataset.import', { folder: more, fit: 'crop' })
  const before = await client.request('marks.overview', {})
  expect(before.classes.map(({ name }) => name)).toEqual(['good', 'pit', 'scratch'])
  const good = before.classes[0]
  expect(before).toMatchObject({ freeOfDefects: null, suggestedFree: good?.classId })
  if (good === undefined) return
  const after = await client.request('marks.declareFree', { classId: good.classId, by: 'Ann' })
  expect(after.classes.map(({ name }) => name)).toEqual(['pit', 'scratch'])
  expect(after).toMatchObject({ freeOfDefects: good.classId, suggestedFree: null })
  expect(await client.request('marks.queue', { classId: null, limit: 100 })).toHaveLength(6)
  const { classes } = await client.request('dataset.summary', {})
  const { id } = await imageOf(client, 'pit/000.png')
  const { goodImages } = await client.request('marks.propose', { imageId: id })
  const goodOnes = classes.find(({ name }) => name === 'good')
  expect(goodImages).toBe(goodOnes?.splits.train)
  expect(goodImages).toBeLessThan(goodOnes?.images ?? 0)
  const pit = after.classes[0]
  if (pit === undefined) return
  expect(await client.request('marks.declareFree', { classId: pit.classId, by: 'Ann' })).toMatchObject({
    freeOfDefects: pit.classId,
  })
  expect(await client.request('marks.declareFree', { classId: null, by: 'Ann' })).toMatchObject({ freeOfDefects: null })
  expect((await client.perform('verify.run', {})).problems).toEqual([])
})

test('a class whose images are marked is declared free of defects only where that is said', async () => {
  const { client } = await openMarkable()
  const { classId } = await answer(client, 'pit/000.png', rectangle(2, 3, 10, 8))
  await answer(client, 'pit/001.png', rectangle(2, 3, 10, 8))
  // “None visible” is no mark.
  await client.request('marks.answer', {
    imageId: (await imageOf(client, 'good/000.png')).id,
    ...{ answer: 'none', marks: [], by: 'Ann' },
  })
  const good = (await imageOf(client, 'good/001.png')).classId
  await client.request('marks.declareFree', { classId: good, by: 'Ann' })
  await expect(client.request('marks.declareFree', { classId, by: 'Ann' })).rejects.toMatchObject({
    code: 'class_has_marks',
    message: expect.stringContaining('2 of the 3 images of “pit”') as string,
    details: { class: 'pit', marked: 2, images: 3 },
  })
  expect(await client.request('marks.overview', {})).toMatchObject({ freeOfDefects: good })
  await client.request('marks.declareFree', { classId, by: 'Ann', despiteMarks: true })
  expect(await client.request('marks.overview', {})).toMatchObject({ freeOfDefects: classId })
})

test('a mark whose category is no class is left out with the value and what to do; one category for all counts as the class of the image, and is counted', async () => {
  const { client, folder } = await openMarkable()
  const coco = (categories: readonly object[], ...ids: readonly number[]): string =>
    JSON.stringify({
      images: [{ id: 1, file_name: 'pit/000.png' }],
      categories,
      annotations: ids.map((id, index) => ({ image_id: 1, category_id: id, bbox: [10 * index + 2, 3, 5, 4] })),
    })
  const write = async (text: string, name = 'a.json'): Promise<MarksImportReport> => {
    const place = join(folder, `marks ${name}`)
    writeFileSync(place, text)
    return client.perform('marks.import', { folder: place, format: 'auto', by: 'Ann', replace: true })
  }
  const pit = { id: 1, name: 'pit' }
  expect(await write(coco([pit], 1, 99))).toMatchObject({
    ...{ images: 1, marks: 1, ofImageClass: [] },
    refused: [{ path: 'pit/000.png', reason: 'unknown_category', detail: expect.stringContaining('99') as string }],
  })
  expect(await write(coco([pit, { id: 2, name: 'unknownthing' }], 1, 2))).toMatchObject({
    ...{ images: 0, unchanged: 1, ofImageClass: [] },
    refused: [{ reason: 'unknown_category', detail: expect.stringContaining('rename the category') as string }],
  })
  // A generic name beside others could mean any of the rest.
  expect(await write(coco([pit, { id: 2, name: 'defect' }], 1, 2))).toMatchObject({
    refused: [{ reason: 'unknown_category' }],
  })
  expect(await write(coco([{ id: 2, name: 'Defect' }], 2, 2, 2))).toMatchObject({
    ...{ images: 1, marks: 3, refused: [], ofImageClass: [{ category: 'Defect', marks: 3 }] },
  })
  expect(await write(coco([], 5, 5))).toMatchObject({ marks: 2, ofImageClass: [{ category: null, marks: 2 }] })
  const voc = (name: string): string =>
    `<annotation><object><name>${name}</name><bndbox><xmin>2</xmin><ymin>2</ymin><xmax>9</xmax><ymax>9</ymax></bndbox></object></annotation>`
  mkdirSync(join(folder, 'voc', 'pit'), { recursive: true })
  writeFileSync(join(folder, 'voc', 'pit', '000.xml'), voc('unknownthing'))
  writeFileSync(join(folder, 'voc', 'pit', '001.xml'), '<annotation><filename>001.png')
  const report = await client.perform('marks.import', {
    ...{ folder: join(folder, 'voc'), format: 'auto', by: 'Ann', replace: true },
  })
  expect(report).toMatchObject({ images: 0, marks: 0, unchanged: 0, withoutMarks: 0 })
  expect(report.refused.map(({ path, reason }) => [path, reason])).toEqual([
    ['pit/001.xml', 'not_readable'],
    ['pit/000.xml', 'unknown_category'],
  ])
})

test('a file without marks is named itself, not its folder', async () => {
  const { client, folder } = await openMarkable()
  const file = join(folder, 'bad.json')
  writeFileSync(file, '{ not json')
  await expect(
    client.perform('marks.import', { folder: file, format: 'auto', by: 'Ann', replace: false }),
  ).rejects.toMatchObject({ code: 'marks_format_unclear', details: { path: file } })
})

test('a proposal lies inside the image, and says what it was compared with', async () => {
  const { client } = await openMarkable()
  const { id } = await imageOf(client, 'pit/000.png')
  const { rectangles, goodImages } = await client.request('marks.propose', { imageId: id })
  expect(goodImages).toBe(0)
  for (const { x, y, width: across, height: down } of rectangles) {
    expect(x).toBeGreaterThanOrEqual(0)
    expect(x + across).toBeLessThanOrEqual(width)
    expect(y + down).toBeLessThanOrEqual(height)
  }
})
