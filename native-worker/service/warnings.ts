import { FlawsmithError, toFailure } from '../../contract/errors.ts'
import type { Failure } from '../../contract/errors.ts'
import { asStorageFailure } from '../files/storage-failure.ts'

/** What went wrong beside the work that was asked for, and did not stop it; each is told once. */
export class Warnings {
  readonly #raised = new Map<string, Failure>()
  #listeners: readonly ((warning: Failure) => void)[] = []

  list(): readonly Failure[] {
    return [...this.#raised.values()]
  }

  /** Told what was raised before, too. */
  listen(listener: (warning: Failure) => void): void {
    this.#listeners = [...this.#listeners, listener]
    for (const warning of this.list()) listener(warning)
  }

  /**
   * The app's own folders hold conveniences: recent projects, settings, remembered measurements, the log. What their disk says is
   * a warning; anything else is thrown on.
   */
  ownFolderFailed(thrown: unknown, folder: string): void {
    const failure = asStorageFailure(thrown, folder)
    if (!(failure instanceof FlawsmithError)) throw thrown
    const key = `${failure.code} ${folder}`
    if (this.#raised.has(key)) return
    const why = failure.code === 'disk_full' ? 'its disk is full' : 'it cannot be written to'
    const warning = toFailure(
      new FlawsmithError(
        'settings_not_kept',
        `Flawsmith keeps nothing in its own folder ${folder}: ${why}. Recent projects, settings, remembered measurements and the log are lost when it ends; projects are not concerned.`,
        { folder, cause: failure.code },
      ),
    )
    this.#raised.set(key, warning)
    for (const listener of this.#listeners) listener(warning)
  }
}
