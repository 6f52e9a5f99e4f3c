import { join } from 'node:path'
import { FlawsmithError } from '../../../contract/errors.ts'
import type { Sha256 } from '../../../contract/ids.ts'
import type { TrainerReport, TrainerTask } from '../../../contract/trainer.ts'
import type { Engine } from '../engines/engine.ts'
import { LiveMetrics } from '../embedding/live-metrics.ts'
import { readTrainingSet } from '../batch-stream.ts'
import { isOnPlateau, updateBest } from '../best-so-far.ts'
import { readCheckpoint, writeCheckpoint, type Checkpoint } from '../checkpoint.ts'
import { divergenceReason } from '../divergence.ts'
import { storePicture } from '../image-store.ts'
import { MemoryWatchdog, outOfMemory } from '../memory-watchdog.ts'
import { noteImage } from '../note-image.ts'
import { drawSheet, sheetColumns } from '../snapshot-sheet.ts'
import { train, type TrainingEnd } from '../train.ts'
import { openSession, type StoredCheckpoint, type TrainingSession } from '../training-session.ts'

type TrainTask = Extract<TrainerTask, { kind: 'train' }>

const mostRollbacks = 3

/**
 * Trains as planned, from the start or from a checkpoint, and files snapshots and checkpoints on the way. A run that leaves the
 * rails goes back to the last checkpoint and on with gentler settings, three times at most.
 */
export async function runTrainTask(
  task: TrainTask,
  { engine, signal, report }: { engine: Engine; signal: AbortSignal; report: (report: TrainerReport) => void },
): Promise<void> {
  const { plan, set, folder, imagesFolder, resumeFrom } = task
  const checkpoint = resumeFrom === null ? null : await readStored(resumeFrom)
  if (checkpoint !== null) refuseOtherPlan(checkpoint, task)
  const pixels = await readTrainingSet(set)
  let session = openSession(task, { engine, pixels, checkpoint })
  report({ kind: 'started', ...session.start, versions: { ...engine.versions, engine: engine.name } })

  /** Files a run can go back to, oldest first. The service clears old ones away. */
  const points: string[] = resumeFrom === null ? [] : [resumeFrom]
  let saved: { step: number; seconds: number; file: string; sha256: Sha256 } | null = null
  const saveCheckpoint = async (step: number, seconds: number): Promise<void> => {
    const best = session.best?.step === step
    if (saved?.step === step && !best) return
    // Never twice: a file that is on record must not change.
    if (saved?.step !== step) {
      const file = join(folder, 'checkpoints', `step-${String(step).padStart(8, '0')}.safetensors`)
      const state = session.stateAt(step, seconds)
      const sha256 = await writeCheckpoint(file, { tf: engine.tf, plan, state, parameters: session.gan.state })
      saved = { step, seconds, file, sha256 }
      points.push(file)
    }
    report({ kind: 'checkpointWritten', ...saved, best })
  }
  const saveSheet = async (step: number): Promise<void> => {
    const { seed, size, channels, classNames } = plan
    const picture = drawSheet({ engine, gan: session.gan }, { seed, size, channels, classCount: classNames.length })
    const sheet = await storePicture(imagesFolder, picture, (sha256) => noteImage(join(folder, 'sheets.txt'), sha256))
    report({ kind: 'snapshotTaken', step, sheet, rows: classNames.length, columns: sheetColumns })
  }

  if (session.gan.adopt !== undefined) {
    session.gan.adopt(session.batches.all())
    await saveCheckpoint(0, 0)
    await saveSheet(0)
    report({ kind: 'ended', reason: 'done', step: 0, seconds: 0 })
    return
  }
  const live = new LiveMetrics({ engine, set, pixels, seed: plan.seed }, performance.now() / 1000)
  let measured = performance.now()
  const isMeasurementDue = (): boolean =>
    task.measureEverySeconds === undefined
      ? live.isDue(performance.now() / 1000)
      : performance.now() - measured >= 1000 * task.measureEverySeconds
  let progress: Extract<TrainerReport, { kind: 'progressed' }> | null = null
  /** Sent together with the latest losses, so that one report holds everything known at this step. */
  const measure = async (step: number, seconds: number): Promise<void> => {
    if (progress === null || step === 0 || !isMeasurementDue()) return
    const metrics = live.measure(session.gan)
    measured = performance.now()
    report({ ...progress, step, metrics: { ...progress.metrics, ...metrics } })
    session.best = updateBest(session.best, { step, kid: metrics['kid'] })
    if (session.best?.step === step) await saveCheckpoint(step, seconds)
  }
  const watchdog = new MemoryWatchdog(task.leastFreeBytes)

  const trainSession = (): Promise<TrainingEnd> =>
    train({
      gan: session.gan,
      engine,
      batches: session.batches,
      imageShape: [plan.size, plan.size, plan.channels],
      start: session.start,
      limits: {
        steps: plan.targetSteps,
        seconds: plan.targetMinutes === null ? null : plan.targetMinutes * 60,
        snapshotEverySeconds: task.snapshotEverySeconds,
        checkpointEverySeconds: task.checkpointEverySeconds,
      },
      signal,
      endsEarly: () => {
        const shortage = watchdog.check()
        if (shortage !== null) return shortage
        return plan.stopOnPlateau === true && isOnPlateau(session.best) ? 'plateau' : null
      },
      onEvent: async (event) => {
        switch (event.kind) {
          case 'progressed':
            progress = event
            report(event)
            return
          case 'pictureDue':
            await saveSheet(event.step)
            await measure(event.step, event.seconds)
            return
          case 'checkpointDue':
            await saveCheckpoint(event.step, event.seconds)
            return
        }
      },
    })
  /** A session that starts where the last good checkpoint was written, or anew where there is none. */
  const goBack = async ({ step, reason }: { step: number; reason: string }): Promise<TrainingSession> => {
    const point = await lastReadable(points)
    session.dispose()
    saved = null
    progress = null
    const next = openSession(task, { engine, pixels, checkpoint: point, rollbacks: session.rollbacks + 1 })
    report({ kind: 'rolledBack', step, toStep: next.start.step, seconds: next.start.seconds, reason })
    return next
  }

  for (;;) {
    try {
      const { reason, step, seconds } = await trainSession()
      if (typeof reason === 'object') throw outOfMemory(reason, { step })
      report({ kind: 'ended', reason, step, seconds })
      return
    } catch (thrown) {
      const isDivergence = thrown instanceof FlawsmithError && thrown.code === 'training_diverged'
      if (!isDivergence || session.rollbacks >= mostRollbacks) throw thrown
      session = await goBack({ step: Number(thrown.details['step']), reason: divergenceReason(thrown.details) })
    }
  }
}

const readStored = async (file: string): Promise<StoredCheckpoint> => ({ ...(await readCheckpoint(file)), file })

/**
 * Takes the newest point off the list: a run that leaves the rails again before it has written another one goes back further.
 * Null where none is left.
 */
async function lastReadable(points: string[]): Promise<StoredCheckpoint | null> {
  for (let file = points.pop(); file !== undefined; file = points.pop()) {
    try {
      return await readStored(file)
    } catch (thrown) {
      // Cleared away in the meantime, or damaged: the one before it will do.
      if (!(thrown instanceof FlawsmithError)) throw thrown
    }
  }
  return null
}

/** A checkpoint continues its own run only; limits may have been moved. */
function refuseOtherPlan({ plan: stored }: Checkpoint, { plan, resumeFrom }: TrainTask): void {
  const identity = ({ recipe, seed, size, channels, classNames, parameters }: typeof plan): string =>
    JSON.stringify([recipe, seed, size, channels, classNames, Object.entries(parameters).sort()])
  if (identity(stored) === identity(plan)) return
  throw new FlawsmithError(
    'checkpoint_invalid',
    `The checkpoint ${resumeFrom ?? ''} belongs to another run (${stored.recipe}, seed ${stored.seed}, ${stored.size} px). Resume that run instead.`,
    { file: resumeFrom ?? '', recipe: stored.recipe, seed: stored.seed },
  )
}
