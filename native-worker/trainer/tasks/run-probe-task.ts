import type { TrainerReport } from '../../../contract/trainer.ts'
import type { Engine } from '../engines/engine.ts'
import { probeError } from '../engines/probe-engine.ts'
import { timeSteps } from './time-steps.ts'

/** float32 through a dozen layers; a wrong gradient is off by far more. */
const largestError = 1e-3

/** Checks an engine against stored gradients, then times it on a small convolutional GAN. */
export function runProbeTask({ engine, report }: { engine: Engine; report: (report: TrainerReport) => void }): void {
  const maxError = probeError(engine)
  const stepMs = timeSteps(engine, {
    recipe: 'dcgan-96',
    parameters: { generatorWidth: 16, discriminatorWidth: 16 },
    size: 32,
    channels: 1,
    batch: 16,
    steps: 20,
  })
  const version =
    engine.versions['tensorflow'] ?? engine.versions[`tfjs-backend-${engine.name}`] ?? engine.versions['tfjs'] ?? ''
  report({ kind: 'probed', version, maxError, correct: maxError <= largestError, stepMs: fastestQuarter(stepMs) })
}

/** Their mean. Other work on the machine only ever adds to a step: the median of a burst made the fastest engine the slowest. */
export function fastestQuarter(values: readonly number[]): number {
  const fastest = [...values].sort((a, b) => a - b).slice(0, Math.ceil(values.length / 4))
  return fastest.reduce((total, value) => total + value, 0) / fastest.length
}
