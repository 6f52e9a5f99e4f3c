import type { RunSummary } from '../../../contract/training.ts'

/** What the user is about to leave while a run trains. */
export type Leaving = 'window' | 'project'

/** Asks before training is stopped by closing something; without training there is nothing to ask. */
export class LeaveQuestion {
  readonly #activeRun: () => RunSummary | null
  #asked = $state.raw<{ readonly leaving: Leaving; readonly answer: (leaves: boolean) => void } | null>(null)

  /** @param activeRun the run that trains or would train next */
  constructor({ activeRun }: { activeRun: () => RunSummary | null }) {
    this.#activeRun = activeRun
  }

  /** Null while nothing is asked. */
  get leaving(): Leaving | null {
    return this.#asked?.leaving ?? null
  }

  /** The run that would stop; null where it has ended while the question stood. */
  get run(): RunSummary | null {
    const run = this.#activeRun()
    // A run that waits for the schedule waits on when the project is opened again.
    return run === null || (run.status === 'queued' && run.waitsFor !== null) ? null : run
  }

  /** True where the user leaves all the same, or nothing trains. */
  ask(leaving: Leaving): Promise<boolean> {
    this.answer(false)
    if (this.run === null) return Promise.resolve(true)
    return new Promise((resolve) => {
      this.#asked = { leaving, answer: resolve }
    })
  }

  answer(leaves: boolean): void {
    this.#asked?.answer(leaves)
    this.#asked = null
  }
}
