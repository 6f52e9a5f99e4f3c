import type { RunId } from '../../../contract/ids.ts'
import type { Project } from '../../project/open-project.ts'

/** How fast the runs of open projects drew candidates on this machine, the last time each of them did. */
export class DrawingSpeed {
  readonly #secondsPerImage = new WeakMap<Project, Map<RunId, number>>()

  /** Null until the run has drawn more than one batch since the project was opened. */
  secondsPerImage(project: Project, runId: RunId): number | null {
    return this.#secondsPerImage.get(project)?.get(runId) ?? null
  }

  /** Told how many images are done, after each batch. The first batch is left out: building the networks takes part of it. */
  watch(
    project: Project,
    { runId, now = () => performance.now() }: { runId: RunId; now?: () => number },
  ): (done: number) => void {
    let first: { readonly done: number; readonly at: number } | null = null
    return (done) => {
      const at = now()
      if (first === null) {
        first = { done, at }
        return
      }
      const speeds = this.#secondsPerImage.get(project) ?? new Map<RunId, number>()
      speeds.set(runId, (at - first.at) / 1000 / (done - first.done))
      this.#secondsPerImage.set(project, speeds)
    }
  }
}
