import { FlawsmithError } from '../../contract/errors.ts'
import type { Sha256 } from '../../contract/ids.ts'
import type { RecordedFile, RunPlan } from '../../contract/trainer.ts'
import { resolveInside } from '../files/resolve-inside.ts'
import { readCheckpoint, writeCheckpoint } from './checkpoint.ts'
import type { TensorFlow } from './engines/engine.ts'
import type { StoredCheckpoint, TrainingSession } from './training-session.ts'

export interface WrittenCheckpoint {
  readonly step: number
  readonly seconds: number
  readonly file: string
  readonly sha256: Sha256
}

/** The checkpoints of one sitting: writes them, each step once, and finds the one a run can go back to. */
export class CheckpointLog {
  readonly #folder: string
  readonly #plan: RunPlan
  readonly #tf: TensorFlow
  /** Files a run can go back to, oldest first. The service clears old ones away. */
  readonly #points: RecordedFile[]
  #newest: WrittenCheckpoint | null = null

  /** @param folder of the run @param resumedFrom the file the sitting began with; null at the start of a run */
  constructor({
    folder,
    plan,
    tf,
    resumedFrom,
  }: {
    folder: string
    plan: RunPlan
    tf: TensorFlow
    resumedFrom: RecordedFile | null
  }) {
    this.#folder = folder
    this.#plan = plan
    this.#tf = tf
    this.#points = resumedFrom === null ? [] : [resumedFrom]
  }

  /** Whether this step is written already. */
  has(step: number): boolean {
    return this.#newest?.step === step
  }

  /** The checkpoint of this step; never written twice: a file that is on record must not change. */
  async write(
    session: TrainingSession,
    { step, seconds }: { step: number; seconds: number },
  ): Promise<WrittenCheckpoint> {
    if (this.#newest?.step === step) return this.#newest
    const file = resolveInside(this.#folder, `checkpoints/step-${String(step).padStart(8, '0')}.safetensors`)
    const state = session.stateAt(step, seconds)
    const sha256 = await writeCheckpoint(file, {
      tf: this.#tf,
      plan: this.#plan,
      state,
      parameters: session.gan.state,
    })
    this.#newest = { step, seconds, file, sha256 }
    this.#points.push({ file, sha256 })
    return this.#newest
  }

  /**
   * Takes the newest readable checkpoint off the list: a run that leaves the rails again before it has written another one goes
   * back further. Null where none is left.
   */
  async takeLast(): Promise<StoredCheckpoint | null> {
    this.#newest = null
    for (let point = this.#points.pop(); point !== undefined; point = this.#points.pop()) {
      try {
        return await readStoredCheckpoint(point)
      } catch (thrown) {
        // Cleared away in the meantime, or damaged: the one before it will do.
        if (!(thrown instanceof FlawsmithError)) throw thrown
      }
    }
    return null
  }
}

/** @throws FlawsmithError `checkpoint_invalid` */
export const readStoredCheckpoint = async (recorded: RecordedFile): Promise<StoredCheckpoint> => ({
  ...(await readCheckpoint(recorded)),
  file: recorded.file,
})
