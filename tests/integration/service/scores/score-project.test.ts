import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import type { SampleId, Sha256 } from '../../../../contract/ids.ts'
import { isQuarantined, type Sample } from '../../../../contract/samples.ts'
import { imageFile } from '../../../../native-worker/files/project-paths.ts'
import { createProject } from '../../../../native-worker/project/create-project.ts'
import { importFolder } from '../../../../native-worker/project/dataset/import-folder.ts'
import { openProject, type Project } from '../../../../native-worker/project/open-project.ts'
import { decide } from '../../../../native-worker/project/review/decide.ts'
import { candidateHistory } from '../../../../native-worker/project/review/candidate-history.ts'
import { gateState } from '../../../../native-worker/project/scores/gate-state.ts'
import { release } from '../../../../native-worker/project/scores/release.ts'
import { getClassByName } from '../../../../native-worker/project/storage/classes.ts'
import { selectAll } from '../../../../native-worker/project/storage/query.ts'
import {
  countReviews,
  getSample,
  insertSamples,
  listSamples,
} from '../../../../native-worker/project/storage/samples.ts'
import { verifyProject } from '../../../../native-worker/project/verify-project.ts'
import { findComputeRuntime } from '../../../../native-worker/service/children/compute-runtime.ts'
import { scoreProject } from '../../../../native-worker/service/scores/score-project.ts'
import { testImagesClient } from '../../../helpers/test-images-client.ts'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'
import { testCheckpointSha256, testRun } from '../../../helpers/test-samples.ts'
import { asPng, drawTexture, drawTexturedFolders, type Texture } from '../../../helpers/textured-classes.ts'
import { RandomStream } from '../../../../native-worker/random/random-stream.ts'

const runtime = findComputeRuntime(join(import.meta.dirname, '../../../../native-worker'))
const all = { offset: 0, limit: 500 } as const

let seed = 0
/** Candidates of one run, as a generation would have left them. */
function addCandidates(
  project: Project,
  {
    className,
    pictures,
    runId,
  }: { className: Texture; pictures: readonly Buffer[]; runId: ReturnType<typeof testRun> },
): readonly SampleId[] {
  const images = pictures.map((png) => {
    const sha256 = createHash('sha256').update(png).digest('hex') as Sha256
    const file = imageFile(project.imagesFolder, sha256)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, png)
    return { seed: seed++, sha256 }
  })
  const { id: classId } = getClassByName(project.db, className)
  return insertSamples(project.db, {
    runId,
    checkpointStep: 1,
    checkpointSha256: testCheckpointSha256,
    classId,
    images,
  })
}

const noise = (which: number): Promise<Buffer> => {
  const random = RandomStream.fromSeed(which, 'noise')
  return asPng(Uint8Array.from({ length: 32 * 32 }, () => random.integer(256)))
}

test(
  'copies, noise and pictures of another class are held back, new ones of the class are not; held-out real ones at about the stated rate',
  { timeout: 180_000 },
  async () => {
    const folder = temporaryFolder()
    createProject({ folder: join(folder, 'project'), size: 32, channels: 1, sqliteBinding: null })
    const project = openProject(join(folder, 'project'), { sqliteBinding: null })
    const images = testImagesClient()
    await drawTexturedFolders(join(folder, 'images'), { scratch: 80, pit: 80 })
    await importFolder({ project, folder: join(folder, 'images'), fit: 'crop', images })
    const { db } = project
    const real = selectAll<{ id: number; sha256: Sha256; split: string; name: string }>(
      db,
      'SELECT i.id, i.sha256, i.split, c.name FROM images i JOIN classes c ON c.id = i.class_id ORDER BY i.id',
    )
    const trainPits = real.filter(({ split, name }) => split === 'train' && name === 'pit')
    const moved = await Promise.all(
      trainPits.slice(0, 10).map(async ({ sha256 }, at) => {
        const picture = sharp(imageFile(project.imagesFolder, sha256))
        const flipped = at % 2 === 0 ? picture.flop() : picture
        const rolled = await flipped.extend({ left: 2, top: 1, background: '#777' }).png().toBuffer()
        return sharp(rolled).extract({ left: 0, top: 0, width: 32, height: 32 }).toColourspace('b-w').png().toBuffer()
      }),
    )
    const runId = testRun(project)
    const ids = {
      copies: addCandidates(project, { className: 'pit', pictures: moved, runId }),
      noise: addCandidates(project, {
        ...{ className: 'pit', runId },
        pictures: await Promise.all(Array.from({ length: 5 }, (_, which) => noise(which))),
      }),
      foreign: addCandidates(project, {
        ...{ className: 'pit', runId },
        pictures: await Promise.all(Array.from({ length: 20 }, (_, at) => asPng(drawTexture('scratch', 1000 + at)))),
      }),
      fresh: addCandidates(project, {
        ...{ className: 'pit', runId },
        pictures: await Promise.all(Array.from({ length: 40 }, (_, at) => asPng(drawTexture('pit', 1000 + at)))),
      }),
    }
    const score = () =>
      scoreProject({
        ...{ project, runtime, images, runId: null, engine: 'wasm', steps: 80 },
        signal: new AbortController().signal,
        report: () => undefined,
      })
    const outcome = await score()
    expect(outcome).toMatchObject({ scored: 75, gate: { scored: 75, unscored: 0 } })

    const of = (list: readonly SampleId[]): readonly Sample[] => list.map((id) => getSample(db, id))
    const share = (list: readonly SampleId[], reason?: Sample['gate'][number]): number =>
      of(list).filter(({ gate }) => (reason === undefined ? gate.length > 0 : gate.includes(reason))).length /
      list.length
    expect(share(ids.copies, 'copy')).toBe(1)
    of(ids.copies).forEach(({ scores }, at) => {
      expect(scores?.nearest?.sha256).toBe(trainPits[at]?.sha256)
    })
    expect(share(ids.noise, 'too_far')).toBe(1)
    expect(share(ids.foreign, 'class_disagrees')).toBeGreaterThan(0.7)
    expect(share(ids.fresh)).toBeLessThan(0.3)

    // What is shown beside the limits is what happened to images that nothing learned from.
    const pit = outcome.gate.classes.find(({ className }) => className === 'pit')
    expect(pit?.limits.copyImage).toMatchObject({ kind: 'limit', from: 'class' })
    expect(pit?.heldOut.images).toBeGreaterThan(10)
    expect((pit?.heldOut.flagged ?? 99) / (pit?.heldOut.images ?? 1)).toBeLessThan(0.25)
    expect(outcome.gate.reference?.accuracy).toBeGreaterThan(0.8)

    // Nothing but train images is ever near.
    const near = new Set(
      selectAll<{ id: number }>(db, 'SELECT DISTINCT image_id AS id FROM sample_scores WHERE image_id IS NOT NULL').map(
        ({ id }) => id,
      ),
    )
    expect(real.filter(({ id, split }) => near.has(id) && split !== 'train')).toEqual([])
    const tested = new Set(real.filter(({ split }) => split === 'test').map(({ id }) => id))
    const scored = selectAll<{ id: number }>(db, 'SELECT DISTINCT image_id AS id FROM real_scores')
    expect(scored.filter(({ id }) => tested.has(id))).toEqual([])

    // Not in the queue unless asked for; released and accepted by a person, on record.
    expect(listSamples(db, { state: 'pending', ...all }).items.some(isQuarantined)).toBe(false)
    const quarantined = listSamples(db, { state: 'quarantined', sort: 'imageDistance', ...all })
    expect(quarantined.total).toBe(countReviews(db).find(({ className }) => className === 'pit')?.quarantined)
    expect(quarantined.items.slice(0, 5).every(({ id }) => ids.copies.includes(id))).toBe(true)
    const [released, accepted] = ids.copies as [SampleId, SampleId]
    release(project, { sampleIds: [released], by: 'Ann' })
    expect(listSamples(db, { state: 'pending', ...all }).items.some(({ id }) => id === released)).toBe(true)
    decide(project, { sampleIds: [accepted], action: 'accept', by: 'Ben' })
    expect(candidateHistory(db, released)).toMatchObject([{ action: 'release', by: 'Ann', overruled: ['copy'] }])
    expect(candidateHistory(db, accepted)).toMatchObject([{ action: 'accept', by: 'Ben', overruled: ['copy'] }])

    // A second time only what is new is looked at.
    expect(await score()).toMatchObject({ scored: 0, featuresComputed: 0 })
    addCandidates(project, { className: 'pit', runId, pictures: [await asPng(drawTexture('pit', 5000))] })
    expect(await score()).toMatchObject({ scored: 1, featuresComputed: 1 })
    expect(readdirSync(join(project.folder, 'features')).filter((name) => name.endsWith('.bin'))).toEqual([])

    // Figures stand beside what real images give, and say with how many.
    const { figures } = await scoreProject({
      ...{ project, runtime, images, runId: null, engine: 'wasm', steps: 80, figures: true },
      signal: new AbortController().signal,
      report: () => undefined,
    })
    const figure = (name: string) => figures.find((each) => each.name === name)
    const twoSample = figure('twoSampleAccuracy')
    expect(twoSample).toMatchObject({ needed: 30, real: 56, synthetic: 76 })
    for (const value of [twoSample?.value, twoSample?.floor]) {
      expect(value).toBeGreaterThan(0.3)
      expect(value).toBeLessThan(0.8)
    }
    expect(figure('kid')).toMatchObject({ value: null, floor: null, needed: 60 })
    expect(figure('coverage')?.floor).toBeGreaterThan(0.3)
    // Fewer than 20 images were held out: not measured, rather than guessed.
    expect(figure('copying')).toMatchObject({ value: null, needed: 20 })

    // What other limits would do is told without doing it.
    const strict = gateState(project, { copy: 0.3, tooFar: 0.3, disagreement: 0.3 })
    const flagged = (state: typeof strict): number => state.classes.reduce((sum, each) => sum + each.flagged, 0)
    expect(flagged(strict)).toBeGreaterThan(flagged(gateState(project)))
    expect(flagged(gateState(project, { copy: 0, tooFar: 0, disagreement: 0 }))).toBe(0)
    expect((await verifyProject({ project, sqliteBinding: null })).problems).toEqual([])
    project.close()
  },
)
