import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import type { SampleId, Sha256 } from '../../../../contract/ids.ts'
import { imageFile } from '../../../../native-worker/files/project-paths.ts'
import { createProject } from '../../../../native-worker/project/create-project.ts'
import { importFolder } from '../../../../native-worker/project/dataset/import-folder.ts'
import { openProject, type Project } from '../../../../native-worker/project/open-project.ts'
import { decide } from '../../../../native-worker/project/review/decide.ts'
import { getClassByName } from '../../../../native-worker/project/storage/classes.ts'
import { selectAll } from '../../../../native-worker/project/storage/query.ts'
import { insertSamples } from '../../../../native-worker/project/storage/samples.ts'
import { findComputeRuntime } from '../../../../native-worker/service/children/compute-runtime.ts'
import { describeMap } from '../../../../native-worker/service/map/describe-map.ts'
import { drawProjectMap } from '../../../../native-worker/service/map/draw-project-map.ts'
import { scoreProject } from '../../../../native-worker/service/scores/score-project.ts'
import { testImagesClient } from '../../../helpers/test-images-client.ts'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'
import { testCheckpointSha256, testRun } from '../../../helpers/test-samples.ts'
import { asPng, drawTexture, drawTexturedFolders } from '../../../helpers/textured-classes.ts'

const runtime = findComputeRuntime(join(import.meta.dirname, '../../../../native-worker'))

async function addPits(
  project: Project,
  { first, count }: { readonly first: number; readonly count: number },
): Promise<SampleId[]> {
  const images = []
  for (let seed = first; seed < first + count; seed++) {
    const png = await asPng(drawTexture('pit', 1000 + seed))
    const sha256 = createHash('sha256').update(png).digest('hex') as Sha256
    const file = imageFile(project.imagesFolder, sha256)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, png)
    images.push({ seed, sha256 })
  }
  return insertSamples(project.db, {
    ...{ runId: testRun(project), checkpointStep: 1, checkpointSha256: testCheckpointSha256 },
    ...{ classId: getClassByName(project.db, 'pit').id, images },
  })
}

test(
  'train images and scored candidates have places that decisions do not move; test images never have one',
  { timeout: 300_000 },
  async () => {
    const folder = temporaryFolder()
    createProject({ folder: join(folder, 'project'), size: 32, channels: 1, sqliteBinding: null })
    const project = openProject(join(folder, 'project'), { sqliteBinding: null })
    const images = testImagesClient()
    await drawTexturedFolders(join(folder, 'images'), { scratch: 24, pit: 20 })
    await importFolder({ project, folder: join(folder, 'images'), fit: 'crop', images })
    const sampleIds = await addPits(project, { first: 0, count: 8 })
    const job = { signal: new AbortController().signal, report: () => undefined }
    const score = () => scoreProject({ ...job, project, runtime, images, engine: 'wasm', runId: null, steps: 10 })

    expect(describeMap(project)).toMatchObject({ points: [], unscored: 8, isCurrent: false })
    await score()
    const train = selectAll(project.db, `SELECT 1 FROM images WHERE split = 'train'`).length
    const drawn = await drawProjectMap({ ...job, project, runtime })
    expect(drawn.pictures).toBe(train + 8)
    const before = describeMap(project)
    expect(before).toMatchObject({ missing: 0, unscored: 0, isCurrent: true })
    expect(before.points.filter(({ kind }) => kind === 'real')).toHaveLength(train)
    const tested = new Set(
      selectAll<{ sha256: Sha256 }>(project.db, `SELECT sha256 FROM images WHERE split <> 'train'`).map(
        ({ sha256 }) => sha256,
      ),
    )
    expect(before.points.some(({ sha256 }) => tested.has(sha256))).toBe(false)
    expect(before.points.every(({ distance }) => distance !== null && distance >= 0)).toBe(true)

    // A decision changes what a point is, and not where.
    decide(project, { sampleIds: sampleIds.slice(0, 2), action: 'accept', by: 'Ann' })
    const after = describeMap(project)
    expect(after.isCurrent).toBe(true)
    expect(after.points.filter(({ kind }) => kind === 'accepted').map(({ id }) => id)).toEqual(sampleIds.slice(0, 2))
    expect(after.points.map(({ x, y }) => [x, y])).toEqual(before.points.map(({ x, y }) => [x, y]))

    // New candidates are missing until it is drawn again; the old places are shown until then.
    await addPits(project, { first: 50, count: 3 })
    expect(describeMap(project)).toMatchObject({ isCurrent: true, unscored: 3 })
    await score()
    expect(describeMap(project)).toMatchObject({ isCurrent: false, missing: 3, unscored: 0 })
    expect(describeMap(project).points).toHaveLength(train + 8)
    const reports: number[] = []
    await drawProjectMap({ ...job, report: (done) => reports.push(done), project, runtime })
    expect(describeMap(project)).toMatchObject({ isCurrent: true, missing: 0 })
    // What is there already is not drawn anew.
    reports.length = 0
    expect(await drawProjectMap({ ...job, report: (done) => reports.push(done), project, runtime })).toEqual({
      pictures: train + 11,
    })
    expect(reports).toEqual([])
    project.close()
  },
)
