import { FlawsmithError } from '../../../contract/errors.ts'
import type { EngineName } from '../../../contract/engines.ts'
import { availableBytes, defaultLeastFreeBytes } from '../../trainer/memory-watchdog.ts'
import type { ComputeRuntime } from '../children/compute-runtime.ts'
import type { FreeMemory } from './forecast-run.ts'
import { median } from './median.ts'
import type { PlannedRun } from './plan-run.ts'
import type { Measured } from './step-book.ts'
import { runTrainerTask } from '../children/run-trainer-task.ts'

const mostSteps = 30
/** For the steps, once the engine is loaded. */
const stepSeconds = 6
/** For everything: an engine that needs longer for one step is of no use for this recipe. */
export const measureTimeoutSeconds = 60
const memoryCheckMs = 200

export const freeMemory = (): FreeMemory => ({
  freeBytes: availableBytes(process.memoryUsage.rss()),
  leastFreeBytes: defaultLeastFreeBytes(),
})

/**
 * Makes some training steps of a planned run in a child of its own, on random images of its format.
 * @returns null where not one step was over in time
 * @throws FlawsmithError `out_of_memory` where the machine would have had to swap, `cancelled`, else what the child says
 */
export async function measureSteps({
  planned: { plan, classes },
  engine,
  runtime,
  signal,
}: {
  planned: PlannedRun
  engine: EngineName
  runtime: ComputeRuntime
  signal: AbortSignal
}): Promise<Measured | null> {
  const { recipe, parameters, size, channels } = plan
  const timeout = AbortSignal.timeout(measureTimeoutSeconds * 1000)
  const shortage = new AbortController()
  const watch = setInterval(() => {
    const { freeBytes, leastFreeBytes } = freeMemory()
    if (freeBytes < leastFreeBytes) shortage.abort()
  }, memoryCheckMs)
  let measurement: Measured | null = null
  try {
    await runTrainerTask({
      runtime,
      task: {
        kind: 'bench',
        recipe,
        parameters,
        engine,
        batch: Number(parameters['batch']),
        steps: mostSteps,
        size,
        channels,
        classCount: classes.length,
        atMostSeconds: stepSeconds,
      },
      signal: AbortSignal.any([signal, timeout, shortage.signal]),
      onReport: (report) => {
        if (report.kind !== 'benched') return
        measurement = {
          stepMs: median(report.stepMs),
          timedSteps: report.stepMs.length,
          othersShare: report.othersShare,
          peakMemoryBytes: report.peakMemoryBytes,
          checkpointBytes: report.checkpointBytes,
          measuredAt: new Date().toISOString(),
        }
      },
    })
  } catch (thrown) {
    if (signal.aborted) throw thrown
    if (shortage.signal.aborted) throw tooLittleMemory(recipe)
    if (timeout.aborted) return null
    throw thrown
  } finally {
    clearInterval(watch)
  }
  return measurement
}

function tooLittleMemory(recipe: string): FlawsmithError {
  const { freeBytes, leastFreeBytes } = freeMemory()
  const least = Math.round(leastFreeBytes / 2 ** 20)
  return new FlawsmithError(
    'out_of_memory',
    `${recipe} needs more memory than there is: its first steps left less than the ${least} MB the system needs. Close other programs, or choose a smaller batch.`,
    { recipe, freeBytes, leastFreeBytes },
  )
}
