import type { TrainerTask } from '../../contract/trainer.ts'
import type { Engine } from './engines/engine.ts'
import type { Base } from './bases/base.ts'
import type { Gan } from './adversarial/gan.ts'
import { buildFromPlan } from './recipes/build-from-plan.ts'
import { BatchStream } from './batch-stream.ts'
import { takeUp, type Best } from './best-so-far.ts'
import { restoreParameters, type Checkpoint, type RunState } from './checkpoint.ts'
import { gentlerParameters } from './gentler-parameters.ts'
import { randomState, restoreRandom, seedRandom } from '../random/run-random.ts'

/** A checkpoint and where it was read from. */
export interface StoredCheckpoint extends Checkpoint {
  readonly file: string
}

/** Everything a run consists of in memory, at one point of its course. */
export interface TrainingSession {
  readonly gan: Gan
  readonly batches: BatchStream
  readonly start: { readonly step: number; readonly seconds: number }
  /** How often the run has gone back so far. */
  readonly rollbacks: number
  best: Best | null
  stateAt(step: number, seconds: number): RunState
  dispose(): void
}

/** The start of a run, or what a checkpoint says, with the settings of as many rollbacks. */
export function openSession(
  { plan, set }: Extract<TrainerTask, { kind: 'train' }>,
  {
    engine,
    pixels,
    checkpoint,
    base,
    rollbacks: asked = 0,
  }: {
    engine: Engine
    pixels: Uint8Array
    checkpoint: StoredCheckpoint | null
    /** What a run without a checkpoint starts from, where it does not start from nothing. */
    base: Base | null
    rollbacks?: number
  },
): TrainingSession {
  const state = checkpoint?.state ?? null
  const rollbacks = Math.max(asked, state?.rollbacks ?? 0)
  const random = state === null ? seedRandom(plan.seed) : restoreRandom(state.random)
  const batches = new BatchStream({
    set,
    pixels,
    seed: plan.seed,
    order: random.order,
    positions: state?.decks ?? null,
  })
  const gan = buildFromPlan(plan, {
    engine,
    random,
    adjust: (parameters) => gentlerParameters(parameters, rollbacks),
    brightness: batches.brightness(),
  })
  if (checkpoint === null && base !== null) gan.startFrom?.(base)
  if (checkpoint !== null) {
    restoreParameters(engine.tf, gan.state, checkpoint)
    gan.optimisers.forEach((optimiser, index) => {
      optimiser.step = checkpoint.state.optimiserSteps[index] ?? 0
    })
  }
  return {
    gan,
    batches,
    rollbacks,
    start: { step: state?.step ?? 0, seconds: state?.seconds ?? 0 },
    best: takeUp(state?.best ?? null),
    stateAt(step, seconds) {
      return {
        step,
        seconds,
        random: randomState(random) as RunState['random'],
        decks: [...batches.positions],
        optimiserSteps: gan.optimisers.map((optimiser) => optimiser.step),
        rollbacks,
        best: this.best,
      }
    },
    dispose: () => {
      for (const parameter of gan.state) parameter.dispose()
    },
  }
}
