import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import sharp from 'sharp'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import type { ClassId, SampleId, Sha256 } from '../../../../contract/ids.ts'
import { imagePath } from '../../../../contract/image-path.ts'
import type { UpliftResult } from '../../../../contract/uplift.ts'
import { importFolder } from '../../../../native-worker/project/dataset/import-folder.ts'
import type { Project } from '../../../../native-worker/project/open-project.ts'
import { decide } from '../../../../native-worker/project/review/decide.ts'
import { getClassByName } from '../../../../native-worker/project/storage/classes.ts'
import { insertSamples } from '../../../../native-worker/project/storage/samples.ts'
import { selectAll, selectRow } from '../../../../native-worker/project/storage/query.ts'
import { findComputeRuntime } from '../../../../native-worker/service/children/compute-runtime.ts'
import { createImagesClient } from '../../../../native-worker/service/children/images-client.ts'
import { describeUplift } from '../../../../native-worker/service/uplift/describe-uplift.ts'
import { measureUplift } from '../../../../native-worker/service/uplift/measure-uplift.ts'
import { readUpliftInput } from '../../../../native-worker/service/uplift/read-uplift-input.ts'
import type { UpliftPace } from '../../../../native-worker/service/uplift/uplift-scales.ts'
import { drawClassFolders } from '../../../helpers/class-folders.ts'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'
import { imagesChildEntry } from '../../../helpers/test-images-client.ts'
import { testProject } from '../../../helpers/test-project.ts'
import { testCheckpointSha256, testRun, testSamples } from '../../../helpers/test-samples.ts'

const entryFolder = join(import.meta.dirname, '../../../../native-worker')
const pace: UpliftPace = {
  scale: { edge: 16, widths: [4, 6], families: 1, perFamily: 2 },
  ladder: [6, 15],
  ladderSeeds: 1,
  choosingSeeds: 1,
  doses: [0.5, 1],
  sources: 5,
  comparesUngated: true,
  budgetSeconds: Number.POSITIVE_INFINITY,
}

let project: Project
let images: ReturnType<typeof createImagesClient>

beforeEach(async () => {
  project = testProject({ size: 16 })
  images = createImagesClient({ node: process.execPath, entry: imagesChildEntry, onLog: () => undefined })
  const client = images
  onTestFinished(() => client.close())
  const folder = temporaryFolder()
  await drawClassFolders(folder, { good: 20, pit: 10 })
  await importFolder({ project, folder, fit: 'crop', images })
  project.db.prepare(`UPDATE classes SET free_of_defects = 1 WHERE name = 'good'`).run()
})

const measure = (
  options: { readonly seeds?: number; readonly signal?: AbortSignal; readonly onProgress?: () => void } = {},
): Promise<UpliftResult> =>
  measureUplift(
    readUpliftInput(project),
    { mode: 'quick', seeds: options.seeds ?? 2 },
    {
      ...{ project, images, runtime: findComputeRuntime(entryFolder), engine: 'wasm', pace },
      signal: options.signal ?? new AbortController().signal,
      onProgress: options.onProgress ?? (() => undefined),
    },
  )

const countCells = (): number =>
  selectRow<{ cells: number }>(project.db, 'SELECT COUNT(*) AS cells FROM uplift_cells').cells

async function acceptPits(count: number): Promise<void> {
  const sampleIds = await testSamples(project, { className: 'pit', count })
  decide(project, { sampleIds, action: 'accept', by: 'Ann' })
}

test(
  'every way is measured, recorded and part of the record; measured again nothing is trained anew',
  { timeout: 300_000 },
  async () => {
    expect(describeUplift(project)).toMatchObject({
      result: null,
      arms: ['painted'],
      isPossible: true,
      unfinished: null,
    })
    await acceptPits(6)
    const result = await measure()
    expect(result.arms.map(({ arm }) => arm)).toEqual(['acgan', 'painted', 'painted+acgan'])
    // Two seeds prove nothing, whatever they say.
    expect(result.verdict).toMatchObject({ overall: 'notMeasured', recommended: null })
    expect(result.arms.every(({ finding }) => finding === 'notMeasured')).toBe(true)
    expect(result.nTest).toBe(result.classes.reduce((sum, { test: tested }) => sum + tested, 0))
    expect(result.reference.macroF1).toBe(Math.max(result.reference.macroF1AtOnce, result.reference.macroF1Longer))
    const cells = countCells()
    expect(cells).toBeGreaterThanOrEqual(2 * 5)
    expect(selectAll(project.db, `SELECT 1 FROM record WHERE kind = 'uplift_verdicts'`)).toHaveLength(1)
    expect(describeUplift(project)).toMatchObject({ changed: [], unfinished: null })

    const again = await measure()
    expect(countCells()).toBe(cells)
    expect(again.arms).toEqual(result.arms)

    // Another seed is measured beside those that are known.
    await measure({ seeds: 3 })
    expect(countCells()).toBe(cells + 5)
    await acceptPits(1)
    expect(describeUplift(project).changed).toEqual(['candidates'])
  },
)

test('a measurement that was cut off keeps what it has and goes on', { timeout: 120_000 }, async () => {
  const abort = new AbortController()
  const cutOff = measure({
    signal: abort.signal,
    onProgress: () => {
      if (countCells() >= 3) abort.abort()
    },
  })
  await expect(cutOff).rejects.toMatchObject({ code: 'cancelled' })
  const before = selectAll<{ key: string; measured_at: string }>(
    project.db,
    'SELECT key, measured_at FROM uplift_cells',
  )
  expect(before.length).toBeGreaterThanOrEqual(3)
  expect(describeUplift(project)).toMatchObject({ result: null, unfinished: { wish: { seeds: 2 } } })
  const result = await measure()
  expect(result.arms.map(({ arm }) => arm)).toEqual(['painted'])
  const after = selectAll<{ key: string; measured_at: string }>(project.db, 'SELECT key, measured_at FROM uplift_cells')
  expect(after).toEqual(expect.arrayContaining(before))
  expect(describeUplift(project).unfinished).toBeNull()
})

const testPicture = (): { readonly sha256: Sha256; readonly classId: ClassId } => ({
  classId: getClassByName(project.db, 'pit').id,
  sha256: selectRow<{ sha256: Sha256 }>(
    project.db,
    `SELECT i.sha256 FROM images i JOIN classes c ON c.id = i.class_id WHERE c.name = 'pit' AND i.split = 'test' LIMIT 1`,
  ).sha256,
})

function acceptPicture({ sha256, classId }: { readonly sha256: Sha256; readonly classId: ClassId }): void {
  const sampleIds = insertSamples(project.db, {
    ...{ runId: testRun(project), checkpointStep: 1, checkpointSha256: testCheckpointSha256, classId },
    images: [{ seed: 1, sha256 }],
  })
  decide(project, { sampleIds: sampleIds as SampleId[], action: 'accept', by: 'Ann' })
}

test('a test image among the samples of a run is refused by its name', async () => {
  acceptPicture(testPicture())
  await expect(measure()).rejects.toMatchObject({ code: 'test_image_in_input', details: { input: 'acgan' } })
  expect(countCells()).toBe(0)
})

test('and by its pixels, where it is another file', async () => {
  const { sha256, classId } = testPicture()
  const pixels = await sharp(join(project.imagesFolder, imagePath(sha256)))
    .toColourspace('b-w')
    .raw()
    .toBuffer()
  const bytes = await sharp(pixels, { raw: { width: 16, height: 16, channels: 1 } })
    .toColourspace('b-w')
    .png({ compressionLevel: 0 })
    .toBuffer()
  const other = createHash('sha256').update(bytes).digest('hex') as Sha256
  expect(other).not.toBe(sha256)
  const file = join(project.imagesFolder, imagePath(other))
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, bytes)
  acceptPicture({ sha256: other, classId })
  await expect(measure()).rejects.toMatchObject({ code: 'test_image_in_input', details: { images: 1 } })
  expect(countCells()).toBe(0)
})

test('a project without test images of two classes says what is missing', () => {
  project.db
    .prepare(`UPDATE images SET split = 'train' WHERE class_id = (SELECT id FROM classes WHERE name = 'pit')`)
    .run()
  expect(describeUplift(project).isPossible).toBe(false)
})
