import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import type { EngineSpeed, RecipeSpeed } from '../../../contract/engines.ts'
import { EngineName } from '../../../contract/engines.ts'
import { Channels, ImageSize } from '../../../contract/project.ts'
import { ParameterValues, RecipeId } from '../../../contract/training.ts'
import { writeWhole } from '../../files/write-whole.ts'
import { findRecipe } from '../../trainer/recipes/registry.ts'
import type { Log } from '../log.ts'
import type { Warnings } from '../warnings.ts'
import type { PlannedRun } from './plan-run.ts'
import { isBusyShare } from './quiet-machine.ts'

const mostEntries = 500

const Measured = v.strictObject({
  stepMs: v.number(),
  timedSteps: v.number(),
  /** Share of all processors that other programs had meanwhile. Left out by older versions, which did not look. */
  othersShare: v.exactOptional(v.number()),
  /** Without the images that a run learns from. */
  peakMemoryBytes: v.number(),
  checkpointBytes: v.number(),
  measuredAt: v.string(),
})
export type Measured = Readonly<v.InferOutput<typeof Measured>>

/** Everything that decides what a step takes. */
const Work = v.strictObject({
  recipe: RecipeId,
  size: ImageSize,
  channels: Channels,
  classes: v.number(),
  /** Those that decide how much is computed. */
  parameters: ParameterValues,
})
type Work = v.InferOutput<typeof Work>

const Entry = v.strictObject({
  /** Version, processor, engines and drivers: see `Engines`. */
  machine: v.string(),
  work: Work,
  engine: EngineName,
  /** Null where not one step was over in time; never in the file. */
  measured: v.nullable(Measured),
})
type Entry = v.InferOutput<typeof Entry>

/** What training steps took on this machine, by what decides it: measured once, and kept in the cache folder. */
export class StepBook {
  readonly #cacheFolder: string
  readonly #machineKey: () => Promise<string>
  readonly #log: Log
  readonly #warnings: Warnings
  #entries: readonly Entry[] | null = null
  /** Not one step was over in time: the machine was busy, perhaps, so that this holds as long as the service lives and no longer. */
  #slow: readonly Entry[] = []

  constructor({
    cacheFolder,
    machineKey,
    log,
    warnings,
  }: {
    readonly cacheFolder: string
    readonly machineKey: () => Promise<string>
    readonly log: Log
    readonly warnings: Warnings
  }) {
    this.#cacheFolder = cacheFolder
    this.#machineKey = machineKey
    this.#log = log
    this.#warnings = warnings
  }

  /** By engine; null where not one step was over in time, absent where nothing was measured. */
  async find(planned: PlannedRun): Promise<ReadonlyMap<EngineName, Measured | null>> {
    const wanted = JSON.stringify(workOf(planned))
    const entries = await this.#current()
    return new Map(
      entries
        .filter(({ work }) => JSON.stringify(work) === wanted)
        .map(({ engine, measured }) => [engine, measured] as const),
    )
  }

  async note(planned: PlannedRun, { engine, measured }: Pick<Entry, 'engine' | 'measured'>): Promise<void> {
    const entry: Entry = { machine: await this.#machineKey(), work: workOf(planned), engine, measured }
    const key = keyOf(entry)
    this.#slow = [...this.#slow.filter((each) => keyOf(each) !== key), ...(measured === null ? [entry] : [])]
    if (measured === null) return
    // Another process may have measured meanwhile.
    const others = (await this.#read()).filter((each) => keyOf(each) !== key)
    await this.#write([entry, ...others].slice(0, mostEntries))
  }

  /** What runs here takes; the newest first. */
  async list(): Promise<readonly RecipeSpeed[]> {
    const byWork = new Map<string, Entry[]>()
    for (const entry of await this.#current()) {
      const key = JSON.stringify(entry.work)
      byWork.set(key, [...(byWork.get(key) ?? []), entry])
    }
    return [...byWork.values()].flatMap((entries) => {
      const [first] = entries
      if (first === undefined) return []
      const { recipe, size, channels, parameters } = first.work
      return [
        {
          ...{ recipe, size, channels, batch: Number(parameters['batch']), edition: editionOf(parameters) },
          engines: entries
            .map(({ engine, measured }) => speedOf(engine, measured))
            .sort((a, b) => (a.stepMs ?? Infinity) - (b.stepMs ?? Infinity)),
        },
      ]
    })
  }

  /** Measures everything anew when it is asked for next. */
  forget(): Promise<void> {
    this.#slow = []
    return this.#write([])
  }

  async #current(): Promise<readonly Entry[]> {
    const machine = await this.#machineKey()
    const entries = [...(this.#entries ?? (await this.#read())), ...this.#slow]
    return entries.filter((entry) => entry.machine === machine)
  }

  async #read(): Promise<readonly Entry[]> {
    try {
      this.#entries = v.parse(v.array(Entry), JSON.parse(await readFile(this.#file, 'utf8')))
    } catch (thrown) {
      // Not there yet, written by another version, or damaged: what this process has measured still holds.
      this.#log.debug({ err: thrown }, 'no stored measurements of training steps')
      this.#entries ??= []
    }
    return this.#entries
  }

  async #write(entries: readonly Entry[]): Promise<void> {
    this.#entries = entries
    try {
      await mkdir(this.#cacheFolder, { recursive: true })
      await writeWhole(this.#file, JSON.stringify(entries, null, 2))
    } catch (thrown) {
      this.#warnings.ownFolderFailed(thrown, this.#cacheFolder)
    }
  }

  get #file(): string {
    return join(this.#cacheFolder, 'step-measurements.json')
  }
}

export const speedOf = (engine: EngineName, measured: Measured | null): EngineSpeed => ({
  engine,
  stepMs: measured?.stepMs ?? null,
  wasBusy: wasBusy(measured),
})

/** Where not one step was over in time, nothing says that it was for others; it is tried again when the service starts anew. */
export const wasBusy = (measured: Measured | null): boolean => isBusyShare(measured?.othersShare ?? 0)

const keyOf = ({ machine, work, engine }: Entry): string => JSON.stringify([machine, work, engine])

const editionOf = (parameters: ParameterValues): string | null => {
  const { edition } = parameters
  return typeof edition === 'string' ? edition : null
}

/** Rates and weights of losses are numbers that a step multiplies with; where networks begin, and how parts look, costs it nothing. */
function workOf({ plan: { recipe: id, size, channels, parameters }, classes }: PlannedRun): Work {
  const recipe = findRecipe(id)
  const deciding = recipe.parameters.filter((parameter) => {
    if (parameter.kind === 'number') return parameter.integer
    return parameter.kind === 'choice' ? parameter.name !== 'base' : parameter.aboutParts !== true
  })
  return {
    ...{ recipe: id, size, channels, classes: classes.length },
    parameters: Object.fromEntries(
      deciding
        .map(({ name, default: byDefault }) => [name, parameters[name] ?? byDefault] as const)
        .sort(([a], [b]) => a.localeCompare(b)),
    ),
  }
}
