import * as v from 'valibot'
import { FailureCause } from './errors.ts'

export const EngineName = v.picklist(['cuda', 'tensorflow', 'webgpu', 'wasm', 'cpu'])
export type EngineName = v.InferOutput<typeof EngineName>

/** Proven and timed, the most promising first. Pure JavaScript is always right and never fast: it is used where it is asked for. */
export const probedEngines: readonly EngineName[] = EngineName.options.filter((name) => name !== 'cpu')

export const EngineState = v.picklist([
  /** Probed: gives the right numbers. */
  'ready',
  /** Probed: loads, but its numbers are wrong; never chosen. */
  'incorrect',
  /** Probed: the process ended by a signal or an error. */
  'crashed',
  /** Not on this machine; `detail` says how to get it. */
  'missing',
])
export type EngineState = v.InferOutput<typeof EngineState>

/** What keeps an engine from being used: the `obstacle` in the details of `engine_unavailable`, with its values beside it. */
export const engineObstacles = [
  'not_installed',
  /** `built`, `needed`: versions of tfjs-node. */
  'other_version',
  /** `file` */
  'changed_file',
  'unsupported_platform',
  'no_nvidia_card',
  /** `addon` */
  'no_addon',
  'no_driver',
  /** `package` */
  'missing_package',
  'no_graphics_card',
  /** Linux: no libvulkan. */
  'no_vulkan_loader',
  /** Linux: Vulkan is there and no driver for it. */
  'no_vulkan_driver',
  /** `card` */
  'software_card',
  /** `package`, `reason` */
  'package_does_not_load',
  /** `maxError` */
  'wrong_numbers',
  /** `seconds` */
  'no_answer',
] as const
export type EngineObstacle = (typeof engineObstacles)[number]

export const EngineReport = v.strictObject({
  name: EngineName,
  state: EngineState,
  version: v.string(),
  /**
   * Milliseconds of a training step: the mean of the fastest quarter of the probe's timed steps, since other work on the machine
   * only ever adds. Null unless ready.
   */
  stepMs: v.nullable(v.number()),
  /** Largest difference from the stored gradient values; null where it never computed. */
  maxError: v.nullable(v.number()),
  /** Why it is not ready, in English, for the command line and the log. */
  detail: v.string(),
  /** The same as a code; null where it is ready. */
  failure: v.nullable(FailureCause),
  /** The fastest correct engine: what a run uses unless told otherwise. */
  chosen: v.boolean(),
})
export type EngineReport = Readonly<v.InferOutput<typeof EngineReport>>

/** What a step takes on an engine; null where not one was over in time. */
export interface EngineSpeed {
  readonly engine: EngineName
  readonly stepMs: number | null
  /** Other programs computed meanwhile: measured again when a run starts on a quiet machine. */
  readonly wasBusy: boolean
}

/** Which engine makes some steps just now, to be timed. */
export interface EngineTiming {
  readonly recipe: string
  readonly engine: EngineName
  /** From 1 on. */
  readonly place: number
  readonly engines: number
}

/** What steps of a recipe took on this machine, the fastest engine first. */
export interface RecipeSpeed {
  readonly recipe: string
  /** Of its networks; null where it has one only. */
  readonly edition: string | null
  readonly size: number
  readonly channels: 1 | 3
  readonly batch: number
  readonly engines: readonly EngineSpeed[]
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
  /** Steps that were measured here so far: see `runs.estimate`. */
  readonly recipes: readonly RecipeSpeed[]
}
