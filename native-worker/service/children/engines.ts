import { mkdir, readFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { join } from 'node:path'
import * as v from 'valibot'
import type { ErrorDetails, FailureCause } from '../../../contract/errors.ts'
import { FlawsmithError } from '../../../contract/errors.ts'
import type { EngineName, EngineObstacle } from '../../../contract/engines.ts'
import { EngineReport, probedEngines } from '../../../contract/engines.ts'
import { findTensorflowPack } from '../../trainer/engines/tensorflow/installation/find-tensorflow-pack.ts'
import { webgpuInstallation } from '../../trainer/engines/webgpu/webgpu-installation.ts'
import { abandonedAfterMs, clearUnfinished } from '../../files/unfinished-files.ts'
import { writeWhole } from '../../files/write-whole.ts'
import type { ComputeRuntime } from './compute-runtime.ts'
import type { Log } from '../log.ts'
import type { Warnings } from '../warnings.ts'
import { runTrainerTask } from './run-trainer-task.ts'

const probeTimeoutMs = 180_000

const StoredProbes = v.strictObject({
  /** Results hold for one app version, one machine, one engine pack and one set of drivers. */
  key: v.string(),
  reports: v.pipe(v.array(EngineReport), v.readonly()),
})
type StoredProbes = Readonly<v.InferOutput<typeof StoredProbes>>

/** Which engines work here and how fast, asked once of throw-away processes and remembered in the cache folder. */
export class Engines {
  readonly #file: string
  readonly #cacheFolder: string
  readonly #runtime: ComputeRuntime
  readonly #version: string
  readonly #log: Log
  readonly #warnings: Warnings
  /** What could not be written is known to this process at least: probing takes minutes. */
  #kept: StoredProbes | null = null
  #probing: Promise<readonly EngineReport[]> | null = null

  constructor({
    cacheFolder,
    runtime,
    version,
    log,
    warnings,
  }: {
    cacheFolder: string
    runtime: ComputeRuntime
    version: string
    log: Log
    warnings: Warnings
  }) {
    this.#warnings = warnings
    this.#cacheFolder = cacheFolder
    this.#file = join(cacheFolder, 'engine-probes.json')
    this.#runtime = runtime
    this.#version = version
    this.#log = log
  }

  /** Remembered results; probes first where there are none for this machine and version. */
  async list(): Promise<readonly EngineReport[]> {
    const stored = (await this.#read()) ?? this.#kept
    return stored?.key === (await this.machineKey())
      ? stored.reports
      : this.probe({ signal: new AbortController().signal })
  }

  /** Probes every engine, one after the other: they would slow each other down. Callers share one probe. */
  probe({
    signal,
    onProgress,
  }: {
    signal: AbortSignal
    onProgress?: (done: number, total: number) => void
  }): Promise<readonly EngineReport[]> {
    this.#probing ??= this.#probeAll({ signal, onProgress }).finally(() => {
      this.#probing = null
    })
    return this.#probing
  }

  /** The engine asked for if it is ready, else the fastest correct one. */
  async choose(wanted: EngineName | undefined): Promise<EngineName> {
    // Pure JavaScript: always there, never probed (a real network would take minutes), never chosen by itself.
    if (wanted === 'cpu') return 'cpu'
    const reports = await this.list()
    const report =
      wanted === undefined ? reports.find(({ chosen }) => chosen) : reports.find(({ name }) => name === wanted)
    if (report?.state === 'ready') return report.name
    throw new FlawsmithError(
      'engine_unavailable',
      wanted === undefined
        ? 'No engine gives correct numbers on this machine. See `flawsmith doctor`.'
        : `The engine ${wanted} is not ready: ${report?.detail ?? 'unknown'}. See \`flawsmith doctor\`, or leave the engine out.`,
      { ...report?.failure?.details, engine: wanted ?? 'any' },
    )
  }

  async #probeAll({
    signal,
    onProgress,
  }: {
    signal: AbortSignal
    onProgress: ((done: number, total: number) => void) | undefined
  }): Promise<readonly EngineReport[]> {
    const reports: EngineReport[] = []
    for (const name of probedEngines) {
      onProgress?.(reports.length, probedEngines.length)
      reports.push(await this.#probeOne({ name, signal }))
      this.#log.info({ probe: reports.at(-1) }, 'engine probed')
    }
    onProgress?.(probedEngines.length, probedEngines.length)
    const ready = reports.filter(({ state }) => state === 'ready').sort((a, b) => (a.stepMs ?? 0) - (b.stepMs ?? 0))
    const result = reports.map((report) => ({ ...report, chosen: report === ready[0] }))
    await this.#write({ key: await this.machineKey(), reports: result })
    return result
  }

  async #probeOne({ name, signal }: { name: EngineName; signal: AbortSignal }): Promise<EngineReport> {
    let report: EngineReport = {
      name,
      state: 'crashed',
      version: '',
      stepMs: null,
      maxError: null,
      detail: '',
      failure: null,
      chosen: false,
    }
    const timeout = AbortSignal.timeout(probeTimeoutMs)
    try {
      await runTrainerTask({
        runtime: this.#runtime,
        task: { kind: 'probe', engine: name },
        signal: AbortSignal.any([signal, timeout]),
        onReport: (message) => {
          if (message.kind !== 'probed') return
          const { version, maxError, correct, stepMs } = message
          report = correct
            ? { ...report, state: 'ready', version, maxError, stepMs }
            : {
                ...report,
                state: 'incorrect',
                version,
                maxError,
                detail: `differs from the stored gradients by ${maxError.toExponential(1)}`,
                failure: unusable(name, { obstacle: 'wrong_numbers', maxError }),
              }
        },
      })
    } catch (thrown) {
      if (signal.aborted) throw thrown
      if (!(thrown instanceof FlawsmithError)) throw thrown
      // Somebody ended it, which says nothing about the engine: not to be remembered.
      if (endings.has(thrown.details.signal))
        throw new FlawsmithError('cancelled', 'Trying the engines was stopped. Start again.')
      const seconds = probeTimeoutMs / 1000
      const why = timeout.aborted
        ? { detail: `no answer in ${seconds} s`, failure: unusable(name, { obstacle: 'no_answer', seconds }) }
        : { detail: thrown.message, failure: { code: thrown.code, details: thrown.details } }
      return { ...report, state: thrown.code === 'engine_unavailable' ? 'missing' : 'crashed', stepMs: null, ...why }
    }
    return report
  }

  /** Everything that decides what engines do here: results hold as long as it is the same. */
  async machineKey(): Promise<string> {
    const pack = await findTensorflowPack(this.#cacheFolder)
    return [
      this.#version,
      process.platform,
      process.arch,
      cpus()[0]?.model ?? '',
      cpus().length,
      JSON.stringify(pack),
      webgpuInstallation(),
    ].join('|')
  }

  async #read(): Promise<StoredProbes | null> {
    try {
      return v.parse(StoredProbes, JSON.parse(await readFile(this.#file, 'utf8')))
    } catch (thrown) {
      // Not there yet, written by another version, or damaged: probing again is the remedy either way.
      this.#log.debug({ err: thrown }, 'no stored engine probes')
      return null
    }
  }

  async #write(probes: StoredProbes): Promise<void> {
    this.#kept = probes
    try {
      await mkdir(this.#cacheFolder, { recursive: true })
      clearUnfinished(this.#cacheFolder, { untouchedForMs: abandonedAfterMs })
      await writeWhole(this.#file, JSON.stringify(probes, null, 2))
    } catch (thrown) {
      this.#warnings.ownFolderFailed(thrown, this.#cacheFolder)
    }
  }
}

const endings: ReadonlySet<unknown> = new Set(['SIGINT', 'SIGTERM', 'SIGHUP'])

const unusable = (engine: EngineName, details: ErrorDetails & { readonly obstacle: EngineObstacle }): FailureCause => ({
  code: 'engine_unavailable',
  details: { engine, ...details },
})
