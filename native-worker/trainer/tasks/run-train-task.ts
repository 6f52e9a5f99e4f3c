import type { TrainerReport, TrainerTask } from '../../../contract/trainer.ts'
import { resolveInside } from '../../files/resolve-inside.ts'
import { adoptedImages } from '../adopted-images.ts'
import type { Base } from '../bases/base.ts'
import { readBase } from '../bases/read-base.ts'
import { readTrainingSet } from '../batch-stream.ts'
import { isOnPlateau } from '../best-so-far.ts'
import { CheckpointLog, readStoredCheckpoint } from '../checkpoint-log.ts'
import { refuseOtherRun } from '../checkpoint.ts'
import { Divergence } from '../divergence.ts'
import { LiveMetrics } from '../embedding/live-metrics.ts'
import type { Engine } from '../engines/engine.ts'
import { storePicture } from '../image-store.ts'
import { MemoryWatchdog, outOfMemory } from '../memory-watchdog.ts'
import { noteImage } from '../note-image.ts'
import { RunMeasurements } from '../run-measurements.ts'
import { findRecipe } from '../recipes/registry.ts'
import { drawSheet, sheetColumns } from '../snapshot-sheet.ts'
import { train, type Limits, type TrainingEnd } from '../train.ts'
import { openSession, type TrainingSession } from '../training-session.ts'

type TrainTask = Extract<TrainerTask, { kind: 'train' }>

interface TrainContext {
  readonly engine: Engine
  readonly signal: AbortSignal
  readonly report: (report: TrainerReport) => void
}

const mostRollbacks = 3

/**
 * Trains as planned, from the start or from a checkpoint, and files snapshots and checkpoints on the way. A run that leaves the
 * rails goes back to the last checkpoint and on with gentler settings, three times at most.
 */
export async function runTrainTask(task: TrainTask, { engine, signal, report }: TrainContext): Promise<void> {
  const { plan, set, folder, resumeFrom } = task
  const checkpoint = resumeFrom === null ? null : await readStoredCheckpoint(resumeFrom)
  if (checkpoint !== null) refuseOtherRun(checkpoint, { run: plan, file: checkpoint.file })
  const pixels = await readTrainingSet(set, task.setSha256)
  const log = new CheckpointLog({ folder, plan, tf: engine.tf, resumedFrom: resumeFrom })
  const base = resumeFrom === null ? await baseOf(task) : null
  const first = openSession(task, { engine, pixels, checkpoint, base })
  const versions = { ...engine.versions, engine: engine.name, ...(base === null ? {} : { base: base.sha256 }) }
  report({ kind: 'started', ...first.start, versions })

  if (first.gan.adopt !== undefined) {
    first.gan.adopt(await adoptedImages(set, pixels))
    report({ kind: 'checkpointWritten', ...(await log.write(first, { step: 0, seconds: 0 })), best: false })
    report(await takeSnapshot(task, { engine, session: first, step: 0 }))
    report({ kind: 'ended', reason: 'done', step: 0, seconds: 0 })
    return
  }

  const live = new LiveMetrics({ engine, set, pixels, seed: plan.seed }, performance.now() / 1000)
  const measurements = new RunMeasurements(live, { everySeconds: task.measureEverySeconds ?? null })
  const watchdog = new MemoryWatchdog(task.leastFreeBytes)
  for (let session = first; ;) {
    try {
      const end = await trainSession(task, { engine, signal, report, session, log, measurements, watchdog })
      if (typeof end.reason === 'object') throw outOfMemory(end.reason, { step: end.step })
      report({ kind: 'ended', ...end, reason: end.reason })
      return
    } catch (thrown) {
      if (!(thrown instanceof Divergence) || session.rollbacks >= mostRollbacks) throw thrown
      const point = await log.takeLast()
      session.dispose()
      measurements.forget()
      session = openSession(task, { engine, pixels, checkpoint: point, base, rollbacks: session.rollbacks + 1 })
      const { step: toStep, seconds } = session.start
      const { step, quantity, value } = thrown
      // JSON has no word for what is no finite number.
      report({ kind: 'rolledBack', step, toStep, seconds, quantity, value: Number.isFinite(value) ? value : null })
    }
  }
}

async function baseOf({ plan, startFrom }: TrainTask): Promise<Base | null> {
  const { recipe: id, parameters, size, channels } = plan
  const recipe = findRecipe(id)
  const name = recipe.baseOf?.({ size, channels, parameters: { ...recipe.ofOlderRuns, ...parameters } }) ?? null
  return name === null ? null : readBase(name === 'given' ? (startFrom ?? null) : name)
}

/** From where a session starts to its end, with all that falls due on the way. */
function trainSession(
  task: TrainTask,
  {
    engine,
    signal,
    report,
    session,
    log,
    measurements,
    watchdog,
  }: TrainContext & {
    readonly session: TrainingSession
    readonly log: CheckpointLog
    readonly measurements: RunMeasurements
    readonly watchdog: MemoryWatchdog
  },
): Promise<TrainingEnd> {
  const { plan } = task
  let bestTold: number | null = null
  const saveCheckpoint = async (step: number, seconds: number): Promise<void> => {
    const best = session.best?.step === step
    if (log.has(step) && (!best || bestTold === step)) return
    if (best) bestTold = step
    report({ kind: 'checkpointWritten', ...(await log.write(session, { step, seconds })), best })
  }
  return train({
    gan: session.gan,
    engine,
    batches: session.batches,
    imageShape: [plan.size, plan.size, plan.channels],
    start: session.start,
    limits: limitsOf(task),
    signal,
    endsEarly: (step) => {
      const shortage = watchdog.check()
      if (shortage !== null) return shortage
      return plan.stopOnPlateau === true && isOnPlateau(session.best, step) ? 'plateau' : null
    },
    onEvent: async (event) => {
      switch (event.kind) {
        case 'progressed':
          measurements.note(event)
          report(event)
          return
        case 'pictureDue': {
          report(await takeSnapshot(task, { engine, session, step: event.step }))
          const measured = measurements.measure(session, event)
          if (measured === null) return
          report(measured)
          if (session.best?.step === event.step) await saveCheckpoint(event.step, event.seconds)
          return
        }
        case 'checkpointDue':
          await saveCheckpoint(event.step, event.seconds)
          return
      }
    },
  })
}

const limitsOf = ({ plan, snapshotEverySeconds, checkpointEverySeconds }: TrainTask): Limits => ({
  steps: plan.targetSteps,
  seconds: plan.targetMinutes === null ? null : plan.targetMinutes * 60,
  snapshotEverySeconds,
  checkpointEverySeconds,
})

async function takeSnapshot(
  { plan, folder, imagesFolder }: TrainTask,
  { engine, session, step }: { engine: Engine; session: TrainingSession; step: number },
): Promise<TrainerReport> {
  const { seed, size, channels, classNames } = plan
  const picture = drawSheet({ engine, gan: session.gan }, { seed, size, channels, classCount: classNames.length })
  const sheet = await storePicture(imagesFolder, picture, (sha256) =>
    noteImage(resolveInside(folder, 'sheets.txt'), sha256),
  )
  return { kind: 'snapshotTaken', step, sheet, rows: classNames.length, columns: sheetColumns }
}
