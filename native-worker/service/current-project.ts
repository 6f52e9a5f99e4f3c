import { FlawsmithError } from '../../contract/errors.ts'
import type { NotReopened } from '../../contract/project.ts'
import type { Project } from '../project/open-project.ts'

/** The one project this service has open; requests that need it get it here. */
export class CurrentProject {
  #open: Project | null = null
  /** What should have been open from the start, and why it is not; null once anything is. */
  notReopened: NotReopened | null = null

  get(): Project | null {
    return this.#open
  }

  /** @throws FlawsmithError `no_project_open`. */
  require(): Project {
    if (this.#open === null) {
      throw new FlawsmithError('no_project_open', 'No project is open. Create one or open one first.')
    }
    return this.#open
  }

  /** For requests that read files beside the database. @throws FlawsmithError `no_project_open`, `project_moved`. */
  requireFiles(): Project {
    const project = this.require()
    project.assertInPlace()
    return project
  }

  /** For requests that write. @throws FlawsmithError `no_project_open`, `project_read_only`, `project_moved`. */
  requireWritable(): Project {
    const project = this.require()
    project.assertWritable()
    return project
  }

  set(project: Project): void {
    this.close()
    this.#open = project
    this.notReopened = null
  }

  close(): void {
    this.#open?.close()
    this.#open = null
  }
}
