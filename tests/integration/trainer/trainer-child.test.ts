import { createHash } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decode } from 'fast-png'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RunIdentity } from '../../../contract/trainer.ts'
import type { ParameterValues, RecipeId } from '../../../contract/training.ts'
import { readCheckpoint } from '../../../native-worker/trainer/checkpoint.ts'
import { decodeSafetensors, encodeSafetensors } from '../../../native-worker/trainer/safetensors.ts'
import { enginesToTest } from './engines-to-test.ts'
import {
  identityOf,
  recordedFile,
  reportsOf,
  runTrainer,
  trainTask,
  writeTrainingSet,
  type TrainerRun,
} from './run-trainer.ts'
import { valueOf } from '../../helpers/test-metrics.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'flawsmith-trainer-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

const classes = [
  { name: 'scratch', images: 20 },
  { name: 'pit', images: 12 },
]
const lastCheckpoint = (run: TrainerRun): string => reportsOf(run, 'checkpointWritten').at(-1)?.file ?? 'no checkpoint'
const failureOf = (run: TrainerRun): string => reportsOf(run, 'failed').at(-1)?.failure.code ?? 'no failure'

const readFrom = (file: string) => readCheckpoint(recordedFile(file))

/** What a readable checkpoint says it is of. */
const identityIn = (file: string): Promise<RunIdentity> =>
  readFrom(file).then(
    ({ plan }) => identityOf(plan),
    () => identityOf(trainTask(folder, { plan: {}, set: { file, size: 16, channels: 1, classes } }).plan),
  )

/** Everything that decides what comes next; not the clock. */
async function contentOf(file: string) {
  const { state, tensors } = await readFrom(file)
  const { seconds: _, random, ...rest } = state
  const { weights: __, ...streams } = random
  const hash = createHash('sha256')
  for (const { name, values } of tensors) hash.update(name).update(new Uint8Array(values.buffer))
  return { ...rest, streams, tensors: hash.digest('hex') }
}

/** Of the run in whose folder the checkpoint lies. */
const generate = async (file: string, change: Record<string, unknown> = {}) =>
  runTrainer({
    kind: 'generate',
    checkpoint: recordedFile(file),
    run: await identityIn(file),
    engine: 'wasm',
    classIndex: 0,
    seed: 100,
    count: 3,
    imagesFolder: join(folder, 'images'),
    ...change,
  })
const hashesOf = (run: TrainerRun): readonly string[] =>
  reportsOf(run, 'generated').flatMap(({ images }) => images.map(({ sha256 }) => sha256))

const resumable: readonly (readonly [RecipeId, ParameterValues])[] = [
  ['acgan', { batch: 8 }],
  ['crgan', { batch: 4 }],
  ['crgan-sn', { batch: 4 }],
  ['sn-dcgan-128', { batch: 4, generatorWidth: 8, discriminatorWidth: 8 }],
]

describe.each(enginesToTest)('a run on %s', (engine) => {
  it.each(resumable)(
    '%s killed and resumed equals one that was never interrupted',
    { timeout: 180_000 },
    async (recipe, parameters) => {
      const set = writeTrainingSet(folder, recipe === 'sn-dcgan-128' ? classes.slice(0, 1) : classes)
      const plan = { recipe, parameters, engine, targetSteps: 7 }
      const whole = await runTrainer(trainTask(join(folder, 'whole'), { plan, set }))
      expect(reportsOf(whole, 'ended')).toMatchObject([{ reason: 'steps', step: 7 }])
      expect(whole.code).toBe(0)

      const broken = await runTrainer(
        trainTask(join(folder, 'broken'), { plan, set, checkpointEverySeconds: 0 }),
        (report, { kill }) => {
          if (report.kind === 'checkpointWritten' && report.step >= 3) kill()
        },
      )
      expect(broken.signal).toBe('SIGKILL')
      const resumed = await runTrainer(
        trainTask(join(folder, 'broken'), { plan, set, resumeFrom: recordedFile(lastCheckpoint(broken)) }),
      )
      expect(reportsOf(resumed, 'started')[0]?.step).toBeGreaterThanOrEqual(3)
      expect(await contentOf(lastCheckpoint(resumed))).toEqual(await contentOf(lastCheckpoint(whole)))
      expect(reportsOf(resumed, 'snapshotTaken').at(-1)).toEqual(reportsOf(whole, 'snapshotTaken').at(-1))
    },
  )
})

describe('the trainer child', { timeout: 120_000 }, () => {
  it('reports a run from start to end, with files that match their hashes', async () => {
    const set = writeTrainingSet(folder, classes)
    const run = await runTrainer(trainTask(folder, { plan: {}, set, checkpointEverySeconds: 0 }))
    expect(run.reports[0]).toMatchObject({ kind: 'started', step: 0, versions: { engine: 'wasm' } })
    const checkpoints = reportsOf(run, 'checkpointWritten')
    for (const { file, sha256, seconds } of checkpoints.slice(-3)) {
      expect((await readFrom(file)).state.seconds).toBe(seconds)
      expect(createHash('sha256').update(readFileSync(file)).digest('hex')).toBe(sha256)
    }
    // Which of them stay is for the service to say.
    // The last one is told again once it has been measured.
    expect(readdirSync(join(folder, 'checkpoints'))).toHaveLength(new Set(checkpoints.map(({ step }) => step)).size)
    const sheet = reportsOf(run, 'snapshotTaken').at(-1)
    expect(sheet).toMatchObject({ step: 8, rows: 2, columns: 8 })
    const bytes = readFileSync(join(folder, 'images', sheet?.sheet.slice(0, 2) ?? '', `${sheet?.sheet ?? ''}.png`))
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sheet?.sheet)
    expect(decode(bytes)).toMatchObject({ width: 8 * 16, height: 2 * 16, channels: 1 })
    const progress = reportsOf(run, 'progressed')
    expect(progress.at(-1)?.step).toBe(8)
    for (const name of ['dLoss', 'gLoss', 'dReal', 'dFake'])
      expect(valueOf(progress[0]?.metrics ?? [], name)).toBeTypeOf('number')
  })

  it('draws the same bytes for a seed however many are drawn, and others for another class', async () => {
    const set = writeTrainingSet(folder, classes)
    const file = lastCheckpoint(await runTrainer(trainTask(folder, { plan: { targetSteps: 4 }, set })))
    const few = hashesOf(await generate(file))
    const many = hashesOf(await generate(file, { count: 20 }))
    const shifted = hashesOf(await generate(file, { seed: 101, count: 2 }))
    expect(few).toHaveLength(3)
    expect(many.slice(0, 3)).toEqual(few)
    expect(shifted).toEqual(few.slice(1))
    expect(new Set(many).size).toBe(20)
    expect(hashesOf(await generate(file, { classIndex: 1 }))).not.toEqual(few)
    for (const hash of many) expect(existsSync(join(folder, 'images', hash.slice(0, 2), `${hash}.png`))).toBe(true)
    expect(failureOf(await generate(file, { classIndex: 2 }))).toBe('class_not_found')
  })

  it('composes without training, from few images', async () => {
    const set = writeTrainingSet(folder, [{ name: 'pit', images: 3 }])
    const run = await runTrainer(trainTask(folder, { plan: { recipe: 'procedural', parameters: {} }, set }))
    expect(reportsOf(run, 'ended')).toMatchObject([{ reason: 'done' }])
    const hashes = hashesOf(await generate(lastCheckpoint(run), { count: 20 }))
    expect(new Set(hashes).size).toBe(20)
    expect(hashesOf(await generate(lastCheckpoint(run)))).toEqual(hashes.slice(0, 3))
  })

  it('goes back and on with gentler settings when it leaves the rails', async () => {
    const set = writeTrainingSet(folder, classes)
    const plan = { recipe: 'crgan', parameters: { batch: 4, learningRate: 0.03 }, targetSteps: 12 } as const
    const task = trainTask(folder, { plan, set, checkpointEverySeconds: 0 })
    const run = await runTrainer(task)
    const back = reportsOf(run, 'rolledBack')
    expect(back.length).toBeGreaterThanOrEqual(1)
    for (const { step, toStep, quantity, value } of back) {
      expect(toStep).toBeLessThan(step)
      expect(quantity).toMatch(/^\w+/)
      expect(value === null || Math.abs(value) > 1e4).toBe(true)
    }
    // The second time it goes back further: the newest checkpoint led there.
    if (back[1] !== undefined) expect(back[1].toStep).toBeLessThan(back[0]?.toStep ?? 0)
    expect(reportsOf(run, 'ended')).toMatchObject([{ reason: 'steps', step: 12 }])
    const end = await readFrom(lastCheckpoint(run))
    expect(end.state.rollbacks).toBe(back.length)
    // Taken up in between it goes on as gently.
    const middle = join(folder, 'checkpoints', 'step-00000008.safetensors')
    const again = join(folder, 'again')
    mkdirSync(again)
    const resumed = await runTrainer({ ...task, folder: again, resumeFrom: recordedFile(middle) })
    expect(reportsOf(resumed, 'rolledBack')).toEqual([])
    expect(await contentOf(lastCheckpoint(resumed))).toEqual(await contentOf(lastCheckpoint(run)))
  })

  it('starts anew where it leaves the rails before its first checkpoint', async () => {
    const set = writeTrainingSet(folder, classes)
    const plan = { recipe: 'crgan', parameters: { batch: 4, learningRate: 0.1 }, targetSteps: 8 } as const
    const run = await runTrainer(trainTask(folder, { plan, set }))
    expect(reportsOf(run, 'rolledBack')[0]).toMatchObject({ toStep: 0, seconds: 0 })
    expect(reportsOf(run, 'started')).toHaveLength(1)
  })

  it('says that training diverged after three returns, and keeps the last good checkpoint', async () => {
    const set = writeTrainingSet(folder, classes)
    const plan = { recipe: 'crgan', parameters: { batch: 4, learningRate: 0.1 }, targetSteps: 400 } as const
    const run = await runTrainer(trainTask(folder, { plan, set, checkpointEverySeconds: 0 }))
    expect(failureOf(run)).toBe('training_diverged')
    expect(reportsOf(run, 'rolledBack')).toHaveLength(3)
    expect(run.code).toBe(1)
    const { tensors } = await readFrom(lastCheckpoint(run))
    expect(tensors.every(({ values }) => values.every(Number.isFinite))).toBe(true)
  })

  it('marks the checkpoint with the lowest distance, and remembers it when resumed', async () => {
    const set = writeTrainingSet(folder, classes)
    const often = { set, snapshotEverySeconds: 0, measureEverySeconds: 0 }
    const plan = { recipe: 'crgan', parameters: { batch: 4 }, targetSteps: 10 } as const
    const run = await runTrainer(trainTask(folder, { plan, ...often }))
    const measured = reportsOf(run, 'progressed').flatMap(({ step, metrics }) => {
      const kid = valueOf(metrics, 'kid')
      return kid === undefined ? [] : [{ step, kid }]
    })
    expect(measured.length).toBeGreaterThan(5)
    const lowest = measured.reduce((best, each) => (each.kid < best.kid ? each : best))
    const best = reportsOf(run, 'checkpointWritten').filter((report) => report.best)
    expect(best.at(-1)?.step).toBe(lowest.step)
    const { state } = await readFrom(lastCheckpoint(run))
    expect(state.best).toMatchObject({ step: lowest.step, kid: lowest.kid })
  })

  it('ends on a plateau where that is asked for, after eight measurements without a gain', async () => {
    const set = writeTrainingSet(folder, classes)
    const often = { set, snapshotEverySeconds: 0, measureEverySeconds: 0 }
    const begun = lastCheckpoint(await runTrainer(trainTask(folder, { plan: { targetSteps: 1 }, set })))
    const { metadata, tensors } = decodeSafetensors(readFileSync(begun))
    const state = JSON.parse(metadata['state'] ?? '') as object
    const unbeatable = JSON.stringify({ ...state, best: { step: 1, kid: -1e300, measuredSince: 0 } })
    const resumeFrom = join(folder, 'unbeatable.safetensors')
    writeFileSync(
      resumeFrom,
      Buffer.concat(encodeSafetensors({ metadata: { ...metadata, state: unbeatable }, tensors })),
    )
    const plan = { targetSteps: 14 }
    const asked = trainTask(join(folder, 'asked'), {
      plan: { ...plan, stopOnPlateau: true },
      ...often,
      resumeFrom: recordedFile(resumeFrom),
    })
    const run = await runTrainer(asked)
    expect(reportsOf(run, 'ended')).toMatchObject([{ reason: 'plateau' }])
    expect((await readFrom(lastCheckpoint(run))).state.best?.measuredSince).toBeGreaterThanOrEqual(8)
    const unasked = await runTrainer(
      trainTask(join(folder, 'unasked'), { plan, ...often, resumeFrom: recordedFile(resumeFrom) }),
    )
    expect(reportsOf(unasked, 'ended')).toMatchObject([{ reason: 'steps', step: 14 }])
  })

  it('ends with a checkpoint before the machine runs out of memory', async () => {
    const set = writeTrainingSet(folder, classes)
    const run = await runTrainer(trainTask(folder, { plan: { targetSteps: 4 }, set, leastFreeBytes: 2 ** 50 }))
    const [failed] = reportsOf(run, 'failed')
    expect(failed?.failure).toMatchObject({ code: 'out_of_memory', details: { leastFreeBytes: 2 ** 50 } })
    expect(failed?.failure.message).toMatch(/\d+ MB of memory were left.*resume/)
    expect(reportsOf(run, 'ended')).toEqual([])
    const resumed = await runTrainer(
      trainTask(folder, {
        plan: { targetSteps: 4 },
        set,
        leastFreeBytes: 0,
        resumeFrom: recordedFile(lastCheckpoint(run)),
      }),
    )
    expect(reportsOf(resumed, 'ended')).toMatchObject([{ reason: 'steps', step: 4 }])
  })

  it('counts only stepping in its speed, from the first report on', async () => {
    const set = writeTrainingSet(folder, classes)
    const run = await runTrainer(trainTask(folder, { plan: { targetSteps: 6 }, set, snapshotEverySeconds: 0 }))
    const [first] = reportsOf(run, 'progressed')
    // Snapshots after every step take longer than the steps do.
    expect(first?.step).toBeGreaterThan(1)
    expect(first?.stepsPerSecond).toBeGreaterThan(((first?.step ?? 0) - 0.5) / (first?.seconds ?? 0))
  })

  it('continues from an older checkpoint without losing the new ones to those ahead', async () => {
    const set = writeTrainingSet(folder, classes)
    const task = trainTask(folder, { plan: { targetSteps: 6 }, set, checkpointEverySeconds: 0 })
    await runTrainer(task)
    const back = join(folder, 'checkpoints', 'step-00000004.safetensors')
    const again = await runTrainer({ ...task, plan: { ...task.plan, targetSteps: 5 }, resumeFrom: recordedFile(back) })
    expect(reportsOf(again, 'ended')).toMatchObject([{ step: 5 }])
    expect(existsSync(lastCheckpoint(again))).toBe(true)
  })

  it('stops when told, with a last checkpoint at the very step', async () => {
    const set = writeTrainingSet(folder, classes)
    const run = await runTrainer(trainTask(folder, { plan: { targetSteps: 100_000 }, set }), (report, { stop }) => {
      if (report.kind === 'progressed') stop()
    })
    const [end] = reportsOf(run, 'ended')
    expect(end?.reason).toBe('stopped')
    expect((await readFrom(lastCheckpoint(run))).state.step).toBe(end?.step)
  })

  it('ends by itself when the parent is gone', async () => {
    const set = writeTrainingSet(folder, classes)
    const run = await runTrainer(
      trainTask(folder, { plan: { targetSteps: 100_000 }, set }),
      (report, { disconnect }) => {
        if (report.kind === 'progressed') disconnect()
      },
    )
    expect(reportsOf(run, 'ended')).toEqual([])
    expect(run.signal).toBeNull()
  })

  it('refuses checkpoints that are cut off, foreign or newer', async () => {
    const set = writeTrainingSet(folder, classes)
    const task = trainTask(folder, { plan: { targetSteps: 2 }, set })
    const good = lastCheckpoint(await runTrainer(task))
    const bytes = readFileSync(good)
    const cut = join(folder, 'cut.safetensors')
    writeFileSync(cut, bytes.subarray(0, bytes.length - 1000))
    expect(failureOf(await generate(cut))).toBe('checkpoint_invalid')
    expect(failureOf(await runTrainer({ ...task, resumeFrom: recordedFile(cut) }))).toBe('checkpoint_invalid')

    const newer = join(folder, 'newer.safetensors')
    writeFileSync(newer, Buffer.from(bytes.toString('latin1').replace('"version":"1"', '"version":"9"'), 'latin1'))
    expect(failureOf(await generate(newer))).toBe('checkpoint_invalid')

    copyFileSync(good, join(folder, 'other.safetensors'))
    const other = {
      ...task,
      plan: { ...task.plan, seed: 12 },
      resumeFrom: recordedFile(join(folder, 'other.safetensors')),
    }
    expect(failureOf(await runTrainer(other))).toBe('checkpoint_invalid')
    expect(failureOf(await generate(join(folder, 'absent.safetensors')))).toBe('checkpoint_invalid')
  })

  it('uses a checkpoint only as it was recorded, and for its own run', async () => {
    const set = writeTrainingSet(folder, classes)
    const task = trainTask(folder, { plan: { targetSteps: 2 }, set })
    const file = lastCheckpoint(await runTrainer(task))
    const checkpoint = recordedFile(file)
    const bytes = readFileSync(file)
    // One weight is another number: still a good file.
    bytes[bytes.length - 2] = (bytes.at(-2) ?? 0) ^ 1
    writeFileSync(file, bytes)
    expect(failureOf(await generate(file, { checkpoint }))).toBe('checkpoint_invalid')
    expect(failureOf(await runTrainer({ ...task, resumeFrom: checkpoint }))).toBe('checkpoint_invalid')
    expect(hashesOf(await generate(file))).toHaveLength(3)

    for (const other of [{ size: 32 }, { channels: 3 }, { classNames: ['scratch', 'stain'] }, { seed: 12 }])
      expect(failureOf(await generate(file, { run: { ...identityOf(task.plan), ...other } }))).toBe(
        'checkpoint_invalid',
      )
  })

  it('refuses at once a checkpoint that declares millions of classes', async () => {
    const set = writeTrainingSet(folder, classes)
    const { plan } = trainTask(folder, { plan: {}, set })
    const declaring = (classNames: readonly string[]): string => {
      const file = join(folder, `${classNames.length}.safetensors`)
      const metadata = {
        format: 'flawsmith-checkpoint',
        version: '1',
        plan: JSON.stringify({ ...plan, classNames }),
        state: '{}',
      }
      writeFileSync(file, Buffer.concat(encodeSafetensors({ metadata, tensors: [] })))
      return file
    }
    for (const count of [1001, 2_000_000]) {
      const file = declaring(Array.from({ length: count }, (_, index) => `c${index}`))
      const began = performance.now()
      await expect(readFrom(file)).rejects.toMatchObject({ code: 'checkpoint_invalid' })
      expect(performance.now() - began).toBeLessThan(3000)
    }
  })

  it('learns from the packed pictures that were recorded, or not at all', async () => {
    const set = writeTrainingSet(folder, classes)
    const setSha256 = recordedFile(set.file).sha256
    const task = trainTask(folder, { plan: { targetSteps: 2 }, set, setSha256 })
    expect(reportsOf(await runTrainer(task), 'ended')).toMatchObject([{ step: 2 }])
    const pixels = readFileSync(set.file)
    pixels[7] = (pixels[7] ?? 0) ^ 1
    writeFileSync(set.file, pixels)
    const run = await runTrainer({ ...task, folder: join(folder, 'again') })
    expect(failureOf(run)).toBe('training_set_changed')
    expect(reportsOf(run, 'started')).toEqual([])
  })

  it('refuses what it cannot do', async () => {
    const set = writeTrainingSet(folder, classes)
    expect(failureOf(await runTrainer({ kind: 'train' }))).toBe('invalid_request')
    expect(failureOf(await runTrainer({ kind: 'probe', engine: 'cuda' }))).toBe('engine_unavailable')
    const short = { ...set, classes: [{ name: 'scratch', images: 21 }, set.classes[1]] }
    expect(failureOf(await runTrainer(trainTask(folder, { plan: {}, set: short as typeof set })))).toBe('image_missing')
  })

  it('learns from a class of one repeated image without failing', async () => {
    const set = writeTrainingSet(folder, [
      { name: 'a', images: 2 },
      { name: 'b', images: 2 },
    ])
    writeFileSync(set.file, new Uint8Array(4 * 16 * 16).fill(128))
    const run = await runTrainer(
      trainTask(folder, { plan: { recipe: 'crgan', parameters: { batch: 4 }, targetSteps: 3 }, set }),
    )
    expect(reportsOf(run, 'ended')).toMatchObject([{ reason: 'steps', step: 3 }])
  })
})
