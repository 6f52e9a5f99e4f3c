import { beforeEach, expect, test } from 'vitest'
import type { SampleId, Sha256 } from '../../../../contract/ids.ts'
import type { UpliftMode, UpliftWish } from '../../../../contract/uplift.ts'
import { importFolder } from '../../../../native-worker/project/dataset/import-folder.ts'
import type { Project } from '../../../../native-worker/project/open-project.ts'
import { decide } from '../../../../native-worker/project/review/decide.ts'
import { release } from '../../../../native-worker/project/scores/release.ts'
import { execute } from '../../../../native-worker/project/storage/query.ts'
import { getSample } from '../../../../native-worker/project/storage/samples.ts'
import { CellMaker } from '../../../../native-worker/service/uplift/cell-plans.ts'
import { neededSamples } from '../../../../native-worker/service/uplift/needed-samples.ts'
import { armsOf, planArms } from '../../../../native-worker/service/uplift/plan-arms.ts'
import { readUpliftInput } from '../../../../native-worker/service/uplift/read-uplift-input.ts'
import type { UpliftSource } from '../../../../native-worker/service/uplift/uplift-input.ts'
import { paceOf } from '../../../../native-worker/service/uplift/uplift-scales.ts'
import { drawClassFolders } from '../../../helpers/class-folders.ts'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'
import { testImagesClient } from '../../../helpers/test-images-client.ts'
import { testProject } from '../../../helpers/test-project.ts'
import { scoreSamples, testSamples } from '../../../helpers/test-samples.ts'

let project: Project

beforeEach(async () => {
  project = testProject({ size: 16 })
  const folder = temporaryFolder()
  await drawClassFolders(folder, { good: 30, pit: 10 })
  await importFolder({ project, folder, fit: 'crop', images: testImagesClient() })
  project.db.prepare(`UPDATE classes SET free_of_defects = 1 WHERE name = 'good'`).run()
})

const by = 'Ann'
const sha256Of = (id: SampleId): Sha256 => getSample(project.db, id).sha256
const sources = (): readonly UpliftSource[] => readUpliftInput(project).sources
const hashesOf = (name: string): readonly Sha256[] =>
  sources()
    .find((source) => source.name === name)
    ?.images.flat() ?? []
const sorted = (...ids: readonly (SampleId | undefined)[]): readonly Sha256[] =>
  ids.flatMap((id) => (id === undefined ? [] : [sha256Of(id)])).sort()

const score = (ids: readonly (SampleId | undefined)[]): void => {
  scoreSamples(
    project,
    ids.flatMap((id) => id ?? []),
  )
}

const holdBack = (id: SampleId | undefined): void => {
  execute(project.db, `UPDATE samples SET gate = '["copy"]' WHERE id = :id`, { id: id ?? 0 })
}

test('gated are those that passed the gate, were let through or accepted; raw all that nobody rejected', async () => {
  const ids = await testSamples(project, { className: 'pit', count: 6 })
  const [accepted, rejected, passed, held, letThrough, unscored] = ids
  // Nothing has passed anything yet.
  expect(sources().map(({ name, gated }) => [name, gated])).toEqual([['acgan-raw', false]])
  expect(readUpliftInput(project).absent).toContainEqual({ arm: 'acgan', why: 'notGated' })

  score([accepted, rejected, passed, held, letThrough])
  for (const id of [held, letThrough]) holdBack(id)
  release(project, { sampleIds: [letThrough as SampleId], by })
  decide(project, { sampleIds: [accepted as SampleId], action: 'accept', by })
  decide(project, { sampleIds: [rejected as SampleId], action: 'reject', by })
  expect(hashesOf('acgan')).toEqual(sorted(accepted, passed, letThrough))
  expect(hashesOf('acgan-raw')).toEqual(sorted(accepted, passed, held, letThrough, unscored))

  // A person overrules the gate.
  decide(project, { sampleIds: [held as SampleId], action: 'accept', by })
  expect(hashesOf('acgan')).toEqual(sorted(accepted, passed, held, letThrough))
  // Scores against other images say nothing any more; what was accepted or let through stays.
  score([])
  expect(hashesOf('acgan')).toEqual(sorted(accepted, held, letThrough))
  // Where both hold the same pictures, one of them is measured.
  decide(project, { sampleIds: ids, action: 'accept', by })
  expect(sources().map(({ name }) => name)).toEqual(['acgan'])
})

test('accepting what was measured as passed changes nothing that was measured; rejecting it does', async () => {
  const ids = await testSamples(project, { className: 'pit', count: 4 })
  score(ids)
  const before = JSON.stringify(sources())
  decide(project, { sampleIds: ids.slice(0, 2), action: 'accept', by })
  expect(JSON.stringify(sources())).toBe(before)
  decide(project, { sampleIds: ids.slice(0, 1), action: 'reject', by })
  expect(JSON.stringify(sources())).not.toBe(before)
})

test('quick takes the gated ones, full the others beside them, and --arms any', async () => {
  const ids = await testSamples(project, { className: 'pit', count: 5 })
  score(ids.slice(0, 3))
  const input = readUpliftInput(project)
  const plan = (mode: UpliftMode, arms?: readonly string[]): ReturnType<typeof planArms> => {
    const pace = paceOf({ mode })
    const wish: UpliftWish = { mode, ...(arms === undefined ? {} : { arms: [...arms] }) }
    const maker = new CellMaker(input, { scale: pace.scale, engine: 'wasm' })
    return planArms(input, { wish, pace, maker, doses: pace.doses })
  }
  const names = ({ arms }: ReturnType<typeof planArms>): readonly string[] => arms.map(({ name }) => name)
  expect(names(plan('quick'))).toEqual(['acgan', 'painted', 'painted+acgan'])
  expect(names(plan('full'))).toEqual(['acgan', 'acgan-raw', 'painted', 'painted+acgan'])
  expect(plan('full').absent).toEqual([{ arm: 'painted+acgan-raw', why: 'ungated' }])
  const every = armsOf(input).map(({ name }) => name)
  expect(names(plan('quick', every))).toEqual(every)
})

test('no more samples are read than the largest dose takes, and none of what is not measured', async () => {
  const ids = await testSamples(project, { className: 'pit', count: 40 })
  score(ids.slice(0, 35))
  const input = readUpliftInput(project)
  const [good = 0, pit = 0] = input.train.counts
  const needed = neededSamples(input, {
    wish: { mode: 'quick', doses: [0.5, 1] },
    pace: paceOf({ mode: 'quick' }),
    engine: 'wasm',
  })
  expect(needed.sources.map(({ images }) => images.map(({ length }) => length))).toEqual([
    [0, good - pit],
    [0, 0],
  ])
  expect(needed.sources[0]?.images[1]).toEqual(input.sources[0]?.images[1]?.slice(0, good - pit))
})
