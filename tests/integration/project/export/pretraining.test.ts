import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { beforeEach, expect, test } from 'vitest'
import type { UpliftRecommendation } from '../../../../contract/uplift.ts'
import { importFolder } from '../../../../native-worker/project/dataset/import-folder.ts'
import { planExport } from '../../../../native-worker/project/export/plan-export.ts'
import { verifyExport } from '../../../../native-worker/project/export/verify-export.ts'
import { writeExport } from '../../../../native-worker/project/export/write-export.ts'
import type { Project } from '../../../../native-worker/project/open-project.ts'
import { lockSplits } from '../../../../native-worker/project/storage/splits.ts'
import type { RandomStream } from '../../../../native-worker/random/random-stream.ts'
import { readUpliftInput } from '../../../../native-worker/service/uplift/read-uplift-input.ts'
import { recommendExport } from '../../../../native-worker/service/uplift/recommend-export.ts'
import { paintedKinds } from '../../../../native-worker/surfaces/paint-defect.ts'
import { readPacked } from '../../../../native-worker/trainer/read-packed.ts'
import { shrinkSet } from '../../../../native-worker/trainer/uplift/image-set.ts'
import { paintedSource } from '../../../../native-worker/trainer/uplift/painted-source.ts'
import { drawClassFolders } from '../../../helpers/class-folders.ts'
import { errorCodeOf } from '../../../helpers/error-code.ts'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'
import { testImagesClient } from '../../../helpers/test-images-client.ts'
import { testProject } from '../../../helpers/test-project.ts'
import { recordVerdict } from '../../../helpers/test-verdict.ts'

const size = 32
const edge = 16
const painting = { families: 2, perFamily: 2, seed: 1 }

let project: Project
let images: ReturnType<typeof testImagesClient>

beforeEach(async () => {
  project = testProject({ size })
  images = testImagesClient()
  const folder = temporaryFolder()
  await drawClassFolders(folder, { dent: 6, good: 12 })
  await importFolder({ project, folder, fit: 'crop', images })
  project.db.prepare(`UPDATE classes SET free_of_defects = 1 WHERE name = 'good'`).run()
  lockSplits(project.db, { run: null })
})

const painted: UpliftRecommendation = {
  ...{ arm: 'painted', source: null, gated: false },
  ...{ dose: 0, mix: 'mixed', painted: true },
}

async function exportWithPretraining(): Promise<string> {
  const folder = join(temporaryFolder(), 'out')
  const outcome = await writeExport({
    ...{ project, images, viewsFolder: temporaryFolder(), folder, layout: 'imagefolder' },
    ...{ target: 'recommended', pretraining: true, follow: () => recommendExport(project) },
  })
  expect(outcome.pretraining).toBe(paintedKinds.length * painting.families * painting.perFamily)
  return folder
}

/** What a trainer child learns from before anything else, kind by kind: it reads the packed images as it does in a measurement. */
async function learnedFrom(): Promise<readonly (readonly Uint8Array[])[]> {
  const { classes, train } = readUpliftInput(project)
  let first = 0
  const packed = classes.map(({ name }, label) => {
    const count = train.counts[label] ?? 0
    first += count
    return { name, images: train.images.slice(first - count, first) }
  })
  const file = join(temporaryFolder(), 'train.bin')
  const { channels, imagesFolder } = project
  const sha256 = await images.pack({ classes: packed, size, channels, imagesFolder, file })
  const pixels = await readPacked({ file, sha256, counts: train.counts }, size * size * channels)
  const set = shrinkSet({ pixels, size, channels, counts: train.counts }, edge)
  const freeOfDefects = classes.findIndex(({ isFreeOfDefects }) => isFreeOfDefects)
  const { labels, draw } = paintedSource(set, { freeOfDefects, ...painting })
  const each = (index: number): RandomStream => ({ integer: () => index }) as unknown as RandomStream
  return labels.map((label) =>
    Array.from({ length: painting.families * painting.perFamily }, (_, index) =>
      draw(label, { progress: 0, random: each(index) }),
    ),
  )
}

const pixelsOf = (file: string): Promise<Uint8Array> => sharp(file).toColourspace('b-w').raw().toBuffer()

test('the files are the pictures that the measured classifier learned from, apart from the classes', async () => {
  recordVerdict(project, painted)
  const folder = await exportWithPretraining()
  const learned = await learnedFrom()
  for (const [label, kind] of paintedKinds.entries()) {
    const files = readdirSync(join(folder, 'pretraining', kind)).sort()
    const found = await Promise.all(files.map((name) => pixelsOf(join(folder, 'pretraining', kind, name))))
    expect(found.map((pixels) => [...pixels])).toEqual(learned[label]?.map((pixels) => [...pixels]))
  }
  expect(readdirSync(join(folder, 'pretraining', 'masks', 'none'))).toEqual([])
  const [mask = ''] = readdirSync(join(folder, 'pretraining', 'masks', 'hole'))
  expect(Math.max(...(await pixelsOf(join(folder, 'pretraining', 'masks', 'hole', mask))))).toBeGreaterThan(100)
  expect(readFileSync(join(folder, 'manifest.csv'), 'utf8')).not.toContain('pretraining')
  const card = JSON.parse(readFileSync(join(folder, 'pretraining', 'recipe.json'), 'utf8')) as Record<string, unknown>
  expect(card).toMatchObject({
    ...{ seed: 1, seeds: [1, 2, 3, 4, 5], families: 2, perFamily: 2, pictures: 44, edge, className: 'good' },
    ...{ pretraining: { updates: 15, highestRate: 0.004 }, fineTuning: { updates: 10, highestRate: 0.002 } },
  })
})

test('verify covers it: a changed, a missing and a strange picture are found', async () => {
  recordVerdict(project, painted)
  const folder = await exportWithPretraining()
  const problemsOf = async (): Promise<readonly string[]> =>
    (await verifyExport({ folder, db: project.db })).problems.map(({ kind, path }) => `${kind} ${path}`)
  expect(await problemsOf()).toEqual([])
  const [first = '', second = ''] = readdirSync(join(folder, 'pretraining', 'crack')).map(
    (name) => `pretraining/crack/${name}`,
  )
  writeFileSync(join(folder, first), 'x')
  rmSync(join(folder, second))
  writeFileSync(join(folder, 'pretraining', 'crack', 'new.png'), 'x')
  expect(await problemsOf()).toEqual([
    `changed_file ${first}`,
    `missing_file ${second}`,
    'unrecorded_file pretraining/crack/new.png',
  ])
})

test('nothing of it is ever imported as real', async () => {
  recordVerdict(project, painted)
  const folder = await exportWithPretraining()
  const real = planExport(project, { layout: 'imagefolder', target: 'none' }).files
  const other = testProject({ size })
  expect(await importFolder({ project: other, folder, fit: 'crop', images })).toMatchObject({ imported: real })
  const third = testProject({ size })
  const alone = join(folder, 'pretraining')
  await importFolder({ project: third, folder: alone, fit: 'crop', images, layout: 'classes' }).catch(() => null)
  expect(third.db.prepare('SELECT COUNT(*) AS images FROM images').get()).toEqual({ images: 0 })
})

test('it is offered only where it was measured to help', async () => {
  const wish = {
    layout: 'imagefolder',
    target: 'max',
    pretraining: true,
    follow: () => recommendExport(project),
  } as const
  expect(await errorCodeOf(() => planExport(project, wish))).toBe('verdict_missing')
  recordVerdict(project, null)
  expect(await errorCodeOf(() => planExport(project, wish))).toBe('pretraining_not_recommended')
  recordVerdict(project, painted)
  expect(planExport(project, wish)).toMatchObject({ pretraining: 44, followed: null })
})
