import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import type { RunId, SampleId, Sha256 } from '../../../../contract/ids.ts'
import type { ExportPlan } from '../../../../contract/export.ts'
import type { UpliftRecommendation } from '../../../../contract/uplift.ts'
import { importFolder } from '../../../../native-worker/project/dataset/import-folder.ts'
import type { ExportWish } from '../../../../native-worker/project/export/draft-export.ts'
import { readManifest } from '../../../../native-worker/project/export/manifest.ts'
import { planExport } from '../../../../native-worker/project/export/plan-export.ts'
import { verifyExport } from '../../../../native-worker/project/export/verify-export.ts'
import { writeExport } from '../../../../native-worker/project/export/write-export.ts'
import type { Project } from '../../../../native-worker/project/open-project.ts'
import { decide } from '../../../../native-worker/project/review/decide.ts'
import { lockSplits } from '../../../../native-worker/project/storage/splits.ts'
import { getSample } from '../../../../native-worker/project/storage/samples.ts'
import { recommendExport } from '../../../../native-worker/service/uplift/recommend-export.ts'
import { drawClassFolders } from '../../../helpers/class-folders.ts'
import { errorCodeOf } from '../../../helpers/error-code.ts'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'
import { testImagesClient } from '../../../helpers/test-images-client.ts'
import { testProject } from '../../../helpers/test-project.ts'
import { scoreSamples, testRun, testSamples } from '../../../helpers/test-samples.ts'
import { recordVerdict } from '../../../helpers/test-verdict.ts'

let project: Project
let images: ReturnType<typeof testImagesClient>

beforeEach(async () => {
  project = testProject({ size: 16 })
  images = testImagesClient()
  const folder = temporaryFolder()
  await drawClassFolders(folder, { good: 20, pit: 8 })
  await importFolder({ project, folder, fit: 'crop', images })
  lockSplits(project.db, { run: null })
})

const gated: UpliftRecommendation = {
  ...{ arm: 'acgan', source: 'acgan', gated: true },
  ...{ dose: 1, mix: 'mixed', painted: false },
}
const first: UpliftRecommendation = { ...gated, mix: 'first' }

const wish = (): ExportWish => ({
  layout: 'imagefolder',
  target: 'recommended',
  follow: () => recommendExport(project),
})
const pitOf = (plan: ExportPlan): ExportPlan['classes'][number] | undefined =>
  plan.classes.find(({ name }) => name === 'pit')
const accept = (sampleIds: readonly SampleId[]): void => {
  decide(project, { sampleIds: [...sampleIds], action: 'accept', by: 'Ann' })
}
const hashesOf = (ids: readonly SampleId[]): readonly Sha256[] =>
  ids.map((id) => getSample(project.db, id).sha256).sort()

test('the recipe and the number that were measured to help are what is exported, and it says so', async () => {
  const ids = await testSamples(project, { className: 'pit', count: 7 })
  const other = testRun(project)
  project.db.exec(`UPDATE runs SET recipe = 'crgan' WHERE id = ${other}`)
  const others = await testSamples(project, { className: 'pit', count: 3, runId: other as RunId })
  accept([...ids, ...others])
  const { measuredAt } = recordVerdict(project, gated, { pit: 4 })

  const folder = join(temporaryFolder(), 'out')
  const { followed } = await writeExport({ project, images, viewsFolder: temporaryFolder(), folder, ...wish() })
  expect(followed).toEqual({ measuredAt, mode: 'quick', way: gated, asMeasured: 4 })
  const rows = readManifest(readFileSync(join(folder, 'manifest.csv'), 'utf8'))
  const synthetic = rows.filter(({ origin }) => origin === 'synthetic')
  expect(new Set(synthetic.map(({ recipe }) => recipe))).toEqual(new Set(['acgan']))
  expect(synthetic.map(({ sha256 }) => sha256).sort()).toEqual(hashesOf(ids).slice(0, 4))
  const written = JSON.parse(readFileSync(join(folder, 'export.json'), 'utf8')) as Record<string, unknown>
  expect(written).toMatchObject({ plan: { wish: 'recommended' }, followed: { way: { arm: 'acgan' }, asMeasured: 4 } })
  const report = readFileSync(join(folder, 'report.html'), 'utf8')
  expect(report).toContain('Helps: gated AC-GAN samples, by +5.0 [+2.0, +9.0]')
  expect(report).toContain('4 pictures, 4 of which it was measured with')
  expect((await verifyExport({ folder, db: project.db })).problems).toEqual([])
})

test('what was measured and nobody has accepted is missing, not replaced by something else', async () => {
  const ids = await testSamples(project, { className: 'pit', count: 6 })
  scoreSamples(project, ids)
  recordVerdict(project, first, { pit: 5 })
  accept(ids.slice(0, 2))
  const plan = planExport(project, wish())
  const pit = pitOf(plan)
  expect(pit).toMatchObject({ synthetic: 2, missing: 3 })
  expect(pit?.target).toBe((pit?.splits.train ?? 0) + 3)
  // What lacks nothing stays as it is.
  expect(plan.classes.map(({ splits, missing, target }) => target - splits.train - missing)).toEqual([0, 0])
  expect(plan.followed?.way).toEqual(first)
  // Whatever is chosen by hand wins, and follows nothing.
  expect(planExport(project, { layout: 'imagefolder', target: 'max' }).followed).toBeNull()
})

test('where nothing helps there is no synthetic image', async () => {
  accept(await testSamples(project, { className: 'pit', count: 6 }))
  recordVerdict(project, null)
  const plan = planExport(project, wish())
  expect(plan.classes.map(({ synthetic, missing }) => synthetic + missing)).toEqual([0, 0])
  expect(plan.followed).toMatchObject({ way: null, asMeasured: 0 })
})

test('what was not measured on the project as it is now is not recommended', async () => {
  const ids = await testSamples(project, { className: 'pit', count: 6 })
  expect(await errorCodeOf(() => planExport(project, wish()))).toBe('verdict_missing')
  accept(ids)
  recordVerdict(project, gated, { pit: 4 })
  expect(pitOf(planExport(project, wish()))?.synthetic).toBe(4)
  decide(project, { sampleIds: ids.slice(0, 1), action: 'reject', by: 'Ann' })
  expect(await errorCodeOf(() => planExport(project, wish()))).toBe('verdict_outdated')
  const folder = join(temporaryFolder(), 'out')
  const written = writeExport({ project, images, viewsFolder: temporaryFolder(), folder, ...wish() })
  await expect(written).rejects.toMatchObject({ code: 'verdict_outdated' })
})
