import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { RunId, SampleId, Sha256 } from '../../contract/ids.ts'
import type { Project } from '../../native-worker/project/open-project.ts'
import { ensureClass } from '../../native-worker/project/storage/classes.ts'
import { imagePath } from '../../contract/image-path.ts'
import { insertRun } from '../../native-worker/project/storage/runs.ts'
import { execute } from '../../native-worker/project/storage/query.ts'
import { insertSampleScores } from '../../native-worker/project/storage/sample-scores.ts'
import { insertSamples } from '../../native-worker/project/storage/samples.ts'
import { rampPng } from './test-pictures.ts'

export const testRun = (project: Project): RunId =>
  insertRun(project.db, {
    recipe: 'acgan',
    classId: null,
    status: 'running',
    engine: 'wasm',
    seed: 1,
    parameters: {},
    versions: {},
    classNames: [],
    datasetSize: 1,
    targetSteps: 10,
    targetMinutes: null,
  }).id

/** Of the checkpoint that candidates are said to come from. */
export const testCheckpointSha256 = 'c'.repeat(64) as Sha256

/** Scores these candidates, and no others, against a reference of their own: nothing speaks against them. */
export function scoreSamples(project: Project, ids: readonly SampleId[]): void {
  const { id: referenceId } = execute(
    project.db,
    `INSERT INTO score_references (key, made_at, size, train, val, folds) VALUES ('k', 'now', :size, 1, 0, 2)`,
    { size: project.size },
  )
  insertSampleScores(project.db, {
    referenceId,
    scores: ids.map((sampleId) => ({ sampleId, name: 'imageDistance', value: 1, imageId: null, classId: null })),
  })
}

/** Candidates of a class with real picture files, as a trainer would leave them. */
export async function testSamples(
  project: Project,
  {
    className,
    count,
    runId = testRun(project),
  }: { readonly className: string; readonly count: number; readonly runId?: RunId },
): Promise<SampleId[]> {
  const images = []
  for (let seed = 0; seed < count; seed++) {
    const png = await rampPng(project.size, project.size, seed + runId * 60)
    const sha256 = createHash('sha256').update(png).digest('hex') as Sha256
    const file = join(project.imagesFolder, imagePath(sha256))
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, png)
    images.push({ seed, sha256 })
  }
  return insertSamples(project.db, {
    runId,
    checkpointStep: 10,
    checkpointSha256: testCheckpointSha256,
    classId: ensureClass(project.db, className),
    images,
  })
}
