import type { EngineSpeed } from '../../contract/engines.ts'

/** “tensorflow: 41 ms a step; wasm: 38 ms”, in the order given. */
export const describeSpeeds = (speeds: readonly EngineSpeed[]): string =>
  speeds
    .map(({ engine, stepMs, wasBusy }, index) => {
      if (stepMs === null) return `${engine}: not one step in time`
      return `${engine}: ${stepMs.toFixed(stepMs < 10 ? 1 : 0)} ms${index === 0 ? ' a step' : ''}${wasBusy ? ' (other programs computed meanwhile)' : ''}`
    })
    .join('; ')
