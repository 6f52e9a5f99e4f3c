import type { RunId } from '../../../contract/ids.ts'
import type { HeldRuns } from '../../../contract/project.ts'
import type { Project } from '../../project/open-project.ts'
import { listWaitingRuns } from '../../project/storage/runs.ts'
import type { KnownProjects } from '../known-projects.ts'
import type { EventHub } from '../ports/event-hub.ts'

/**
 * The runs that waited in a project when it came to this machine. Whoever made it could have made them for somebody else to run:
 * none starts before the user has let it.
 */
export class RunHold {
  readonly #known: KnownProjects
  readonly #events: EventHub
  #held: { readonly project: Project; readonly state: HeldRuns } | null = null

  constructor({ known, events }: { readonly known: KnownProjects; readonly events: EventHub }) {
    this.#known = known
    this.#events = events
  }

  state(project: Project): HeldRuns {
    return this.#held?.project === project ? this.#held.state : { runs: [], decided: true }
  }

  isHeld(project: Project, runId: RunId): boolean {
    return this.state(project).runs.includes(runId)
  }

  /** @param madeHere by this very request */
  async enter(project: Project, { madeHere }: { readonly madeHere: boolean }): Promise<void> {
    if (project.readOnly !== null) {
      this.#set(project, { runs: [], decided: true })
      return
    }
    const waiting = listWaitingRuns(project.db).map(({ id }) => id)
    const known = await this.#known.find(project)
    if (known !== null) {
      this.#set(project, { runs: waiting.filter((id) => known.left.includes(id)), decided: true })
      return
    }
    const isNothingToAsk = madeHere || waiting.length === 0
    if (isNothingToAsk) await this.#known.remember(project, [])
    this.#set(project, { runs: isNothingToAsk ? [] : waiting, decided: isNothingToAsk })
  }

  /** The user's word on all of them, remembered. */
  async decide(project: Project, { start }: { readonly start: boolean }): Promise<HeldRuns> {
    const runs = start ? [] : this.state(project).runs
    await this.#known.remember(project, runs)
    return this.#tell(project, { runs, decided: true })
  }

  /** The user's word on one of them. */
  async release(project: Project, runId: RunId): Promise<void> {
    if (!this.isHeld(project, runId)) return
    const { runs, decided } = this.state(project)
    const left = runs.filter((id) => id !== runId)
    if (decided || left.length === 0) await this.#known.remember(project, left)
    this.#tell(project, { runs: left, decided: decided || left.length === 0 })
  }

  #set(project: Project, state: HeldRuns): void {
    this.#held = { project, state }
  }

  #tell(project: Project, state: HeldRuns): HeldRuns {
    this.#set(project, state)
    this.#events.emit('projects.heldRunsChanged', state)
    return state
  }
}
