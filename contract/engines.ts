import * as v from 'valibot'

export const EngineName = v.picklist(['cuda', 'tensorflow', 'webgpu', 'wasm', 'cpu'])
export type EngineName = v.InferOutput<typeof EngineName>

export type EngineState =
  /** Probed: gives the right numbers. */
  | 'ready'
  /** Probed: loads, but its numbers are wrong; never chosen. */
  | 'incorrect'
  /** Probed: the process ended by a signal or an error. */
  | 'crashed'
  /** Not on this machine; `detail` says how to get it. */
  | 'missing'

export interface EngineReport {
  readonly name: EngineName
  readonly state: EngineState
  readonly version: string
  /**
   * Milliseconds of a training step: the mean of the fastest quarter of the probe's timed steps, since other work on the machine
   * only ever adds. Null unless ready.
   */
  readonly stepMs: number | null
  /** Largest difference from the stored gradient values; null where it never computed. */
  readonly maxError: number | null
  readonly detail: string
  /** The fastest correct engine: what a run uses unless told otherwise. */
  readonly chosen: boolean
}

export interface DoctorReport {
  readonly version: string
  readonly platform: string
  readonly cores: number
  readonly memoryBytes: number
  readonly node: string
  readonly electron: string | null
  readonly sqlite: string
  readonly sharp: string
  readonly folders: { readonly data: string; readonly cache: string; readonly logs: string }
  readonly engines: readonly EngineReport[]
}
