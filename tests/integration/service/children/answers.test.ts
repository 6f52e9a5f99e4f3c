import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { ImagesClient } from '../../../../contract/images.ts'
import type { TrainerReport } from '../../../../contract/trainer.ts'
import { findComputeRuntime } from '../../../../native-worker/service/children/compute-runtime.ts'
import { runTrainerTask } from '../../../../native-worker/service/children/run-trainer-task.ts'
import { errorCodeOf } from '../../../helpers/error-code.ts'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'
import { testImagesClient } from '../../../helpers/test-images-client.ts'

const worker = join(import.meta.dirname, '../../../../native-worker')
const hash = 'a'.repeat(64)
const original = { kind: 'png', sizeBytes: 120, isPlain: true }
const picture = {
  ok: true,
  sha256: hash,
  sizeBytes: 90,
  sourceWidth: 4,
  sourceHeight: 4,
  sourceSha256: hash,
  original,
  grey: null,
  isClipped: false,
  pages: 1,
  page: 0,
}

/** A child as a hostile picture would leave it: a real process that answers what its file made it answer. */
function childThatSays(...answers: readonly unknown[]): string {
  const entry = join(temporaryFolder(), 'child.mjs')
  writeFileSync(
    entry,
    `process.on('message', ({ id }) => {
       for (const answer of ${JSON.stringify(answers)}) process.send(id === undefined ? answer : { id, ...answer })
       setInterval(() => undefined, 1000)
     })
     process.on('disconnect', () => process.exit(0))`,
  )
  return entry
}

const ingestOne: Parameters<ImagesClient['ingest']>[0] = {
  files: ['/a.png'],
  size: 32,
  channels: 1,
  fit: 'crop',
  depth: null,
  imagesFolder: '/images',
}

test('a well-formed answer of the images child is taken', async () => {
  const client = testImagesClient({ entry: childThatSays({ kind: 'ingested', files: [picture] }) })
  expect(await client.ingest(ingestOne)).toEqual([picture])
})

test.each([
  ['a hash that is a path', { kind: 'ingested', files: [{ ...picture, sha256: '../../../.profile' }] }],
  ['more files than were asked for', { kind: 'ingested', files: [picture, picture] }],
  ['fewer files than were asked for', { kind: 'ingested', files: [] }],
  ['more files than there can be', { kind: 'ingested', files: Array.from({ length: 501 }, () => picture) }],
  ['a size that is a text', { kind: 'ingested', files: [{ ...picture, sizeBytes: '90; DROP TABLE' }] }],
  ['a size without end', { kind: 'ingested', files: [{ ...picture, sourceWidth: 1e300 }] }],
  ['a reason that does not exist', { kind: 'ingested', files: [{ ok: false, reason: 'because', detail: '' }] }],
  ['a text of a megabyte', { kind: 'ingested', files: [{ ok: false, reason: 'corrupt', detail: 'x'.repeat(1e6) }] }],
  ['a failure with a code of its own', { kind: 'failed', failure: { code: 'owned', message: '', details: {} } }],
  ['a field too many', { kind: 'ingested', files: [picture], extra: 1 }],
  ['another answer', { kind: 'drawn', files: 1 }],
  ['a kind that does not exist', { kind: 'run' }],
])('the images child answers with %s: it is ended, and nothing of it is taken', async (_name, answer) => {
  const client = testImagesClient({ entry: childThatSays(answer) })
  expect(await errorCodeOf(() => client.ingest(ingestOne))).toBe('compute_answer_invalid')
  // A new child answers the next request.
  expect(await errorCodeOf(() => client.ingest(ingestOne))).toBe('compute_answer_invalid')
})

async function reportsOf(...answers: readonly unknown[]): Promise<{ code: string; kinds: readonly string[] }> {
  const reports: TrainerReport[] = []
  const code = await errorCodeOf(() =>
    runTrainerTask({
      runtime: { ...findComputeRuntime(worker), trainerEntry: childThatSays(...answers) },
      task: { kind: 'probe', engine: 'cpu' },
      signal: new AbortController().signal,
      onReport: (report) => reports.push(report),
    }),
  )
  return { code, kinds: reports.map(({ kind }) => kind) }
}

const snapshot = { kind: 'snapshotTaken', step: 1, sheet: hash, rows: 2, columns: 8 }

test.each([
  ['a sheet that is a path', { ...snapshot, sheet: '../../x' }],
  ['a step that is a text', { ...snapshot, step: '1' }],
  ['a negative step', { ...snapshot, step: -1 }],
  ['a grid without end', { ...snapshot, columns: 1e12 }],
  [
    'a checkpoint without a file',
    { kind: 'checkpointWritten', step: 1, seconds: 1, file: '', sha256: hash, best: true },
  ],
  ['an end that does not exist', { kind: 'ended', reason: 'won', step: 1, seconds: 1 }],
  [
    'a metric that is a text',
    {
      kind: 'progressed',
      step: 1,
      seconds: 1,
      stepsPerSecond: 1,
      metrics: [{ name: 'kid', className: null, value: 'low' }],
    },
  ],
])('the trainer reports %s: it is killed, and nothing after it is heard', async (_name, report) => {
  expect(await reportsOf(snapshot, report, snapshot)).toEqual({
    code: 'compute_answer_invalid',
    kinds: ['snapshotTaken', 'failed'],
  })
})
