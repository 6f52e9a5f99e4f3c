import type { Tensor4D } from '@tensorflow/tfjs'
import type { Metric } from '../../contract/training.ts'
import type { Engine } from './engines/engine.ts'
import type { Gan } from './adversarial/gan.ts'
import type { BatchStream } from './batch-stream.ts'
import { Divergence } from './divergence.ts'
import type { MemoryShortage } from './memory-watchdog.ts'
import { runMetrics } from './run-metrics.ts'

export type TrainingEvent =
  | {
      readonly kind: 'progressed'
      readonly step: number
      readonly seconds: number
      readonly stepsPerSecond: number
      readonly metrics: readonly Metric[]
    }
  /** These are awaited: the next step waits until they are done. */
  | {
      readonly kind: 'pictureDue'
      readonly step: number
      readonly seconds: number
      /** The run has reached its end: what is known of it now is what will be known. */
      readonly isLast: boolean
    }
  | { readonly kind: 'checkpointDue'; readonly step: number; readonly seconds: number }

export interface Limits {
  readonly steps: number | null
  readonly seconds: number | null
  readonly snapshotEverySeconds: number
  readonly checkpointEverySeconds: number
}

export interface TrainingEnd {
  readonly reason: 'steps' | 'minutes' | 'plateau' | 'stopped' | MemoryShortage
  readonly step: number
  readonly seconds: number
}

const reportEveryMs = 120
/** Beyond this a loss never comes back. */
const largestLoss = 1e4

/**
 * The training loop. Knows nothing of files, processes or plans: it draws batches, steps the recipe, and says when a
 * report, a snapshot or a checkpoint is due.
 * @throws FlawsmithError `training_diverged` when a loss is not finite or beyond all bounds; nothing of that step is kept
 */
export async function train({
  gan,
  engine,
  batches,
  imageShape,
  start,
  limits,
  signal,
  endsEarly,
  onEvent,
}: {
  gan: Gan
  engine: Engine
  batches: BatchStream
  /** [height, width, channels] */
  imageShape: readonly [number, number, number]
  start: { readonly step: number; readonly seconds: number }
  limits: Limits
  signal: AbortSignal
  /** Asked before every step. */
  endsEarly: (step: number) => 'plateau' | MemoryShortage | null
  onEvent: (event: TrainingEvent) => Promise<void> | void
}): Promise<TrainingEnd> {
  let { step, seconds } = start
  let sinceReport = emptyMeans()
  let speed = { steps: 0, ms: 0 }
  let reported = performance.now()
  let lastSnapshot = seconds
  let lastCheckpoint = seconds
  const reasonToEnd = (): TrainingEnd['reason'] | null => {
    if (signal.aborted) return 'stopped'
    if (limits.steps !== null && step >= limits.steps) return 'steps'
    if (limits.seconds !== null && seconds >= limits.seconds) return 'minutes'
    return endsEarly(step)
  }
  const report = async (): Promise<void> => {
    await onEvent({
      kind: 'progressed',
      step,
      seconds,
      stepsPerSecond: (1000 * speed.steps) / speed.ms,
      metrics: runMetrics(meansOf(sinceReport)),
    })
    sinceReport = emptyMeans()
    speed = { steps: 0, ms: 0 }
    reported = performance.now()
  }

  if (step === 0) await onEvent({ kind: 'pictureDue', step, seconds, isLast: false })
  for (let reason = reasonToEnd(); ; reason = reasonToEnd()) {
    if (reason !== null) {
      if (sinceReport.count > 0) await report()
      // The picture first, so that the last checkpoint knows how good it is; where memory is short, none.
      if (typeof reason === 'string' && step > 0)
        await onEvent({ kind: 'pictureDue', step, seconds, isLast: reason !== 'stopped' })
      await onEvent({ kind: 'checkpointDue', step, seconds })
      return { reason, step, seconds }
    }
    const began = performance.now()
    const progress = progressOf({ step, seconds, limits })
    const { images, labels } = batches.next(gan.batch, gan.classExponent?.(progress) ?? null)
    const tensor = engine.tf.tensor4d(images, [labels.length, ...imageShape]) as Tensor4D
    const metrics = gan.trainStep({ images: tensor, labels, progress })
    tensor.dispose()
    const stepMs = performance.now() - began
    step++
    seconds += stepMs / 1000
    refuseDivergence(metrics, step)
    addMeans(sinceReport, metrics)
    // The first step of a sitting sets everything up: its time says nothing about the speed, and the first report waits for the next.
    const taken = step - start.step
    speed = taken <= 2 ? { steps: 1, ms: stepMs } : { steps: speed.steps + 1, ms: speed.ms + stepMs }

    if (taken > 1 && performance.now() - reported >= reportEveryMs) await report()
    if (seconds - lastSnapshot >= limits.snapshotEverySeconds) {
      lastSnapshot = seconds
      await onEvent({ kind: 'pictureDue', step, seconds, isLast: false })
    }
    if (seconds - lastCheckpoint >= limits.checkpointEverySeconds) {
      lastCheckpoint = seconds
      await onEvent({ kind: 'checkpointDue', step, seconds })
    }
    // Lets messages in: a stop, or the parent's end.
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** 0 at the start, 1 at the planned end. Where only minutes are planned it follows the clock. */
function progressOf({ step, seconds, limits }: { step: number; seconds: number; limits: Limits }): number {
  if (limits.steps !== null) return Math.min(1, step / limits.steps)
  return limits.seconds === null ? 0 : Math.min(1, seconds / limits.seconds)
}

function refuseDivergence(metrics: Readonly<Record<string, number>>, step: number): void {
  const bad = Object.entries(metrics).find(([, value]) => !Number.isFinite(value) || Math.abs(value) > largestLoss)
  if (bad === undefined) return
  const [quantity, value] = bad
  throw new Divergence(step, { quantity, value })
}

interface Means {
  count: number
  readonly sums: Record<string, number>
}

const emptyMeans = (): Means => ({ count: 0, sums: {} })

function addMeans(means: Means, metrics: Readonly<Record<string, number>>): void {
  means.count++
  for (const [name, value] of Object.entries(metrics)) means.sums[name] = (means.sums[name] ?? 0) + value
}

const meansOf = ({ count, sums }: Means): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(sums).map(([name, sum]) => [name, sum / count]))
