import type { ChangeOutcome } from '../../../../contract/changes.ts'
import type { Failure } from '../../../../contract/errors.ts'
import type { ClassId, ImageId } from '../../../../contract/ids.ts'
import { failureOf } from '../../../bridge/failure-of.ts'
import type { ServiceConnection } from '../../../bridge/service-connection.svelte.ts'
import { t } from '../../../i18n/translate.svelte.ts'
import type { Preferences } from '../../app/preferences.svelte.ts'
import type { Toasts } from '../../app/toasts.svelte.ts'

/** What a change is called once it is done; made from what it did. */
type Said = (outcome: ChangeOutcome) => string

/** Changes of the data set as a person asks for them: with their name, said when done, and taken back with one key. */
export class DatasetEditor {
  readonly #service: ServiceConnection
  readonly #preferences: Preferences
  readonly #toasts: Toasts
  /** This sitting's changes that still stand, the newest last. */
  readonly #done: number[] = []
  #pending = $state.raw<(() => void) | null>(null)
  #failure = $state.raw<Failure | null>(null)

  constructor({
    service,
    preferences,
    toasts,
  }: {
    readonly service: ServiceConnection
    readonly preferences: Preferences
    readonly toasts: Toasts
  }) {
    this.#service = service
    this.#preferences = preferences
    this.#toasts = toasts
  }

  /** Whether the person's name has to be asked first. */
  get asksName(): boolean {
    return this.#pending !== null
  }
  get failure(): Failure | null {
    return this.#failure
  }

  relabel(ids: readonly ImageId[], target: { readonly id: ClassId; readonly name: string }): void {
    this.#change(
      (by) => this.#service.request('images.relabel', { ids: [...ids], classId: target.id, by }),
      ({ images }) => t('edit.moved', { count: images, name: target.name }),
    )
  }

  exclude(ids: readonly ImageId[]): void {
    this.#change(
      (by) => this.#service.request('images.exclude', { ids: [...ids], by }),
      ({ images }) => t('edit.excluded', { count: images }),
    )
  }

  restore(ids: readonly ImageId[]): void {
    this.#change(
      (by) => this.#service.request('images.restore', { ids: [...ids], by }),
      ({ images }) => t('edit.restored', { count: images }),
    )
  }

  rename(
    classId: ClassId,
    { from, name, hasTwin }: { readonly from: string; readonly name: string; readonly hasTwin: boolean },
  ): void {
    this.#change(
      (by) => this.#service.request('classes.rename', { classId, name, by }),
      () => t(hasTwin ? 'edit.renamedToTwin' : 'edit.renamed', { from, name }),
    )
  }

  merge(
    classId: ClassId,
    { from, into }: { readonly from: string; readonly into: { readonly id: ClassId; readonly name: string } },
  ): void {
    this.#change(
      (by) => this.#service.request('classes.merge', { classId, into: into.id, by }),
      ({ images }) => t('edit.merged', { count: images, from, name: into.name }),
    )
  }

  remove(classId: ClassId, name: string): void {
    this.#change(
      (by) => this.#service.request('classes.remove', { classId, by }),
      ({ images }) => t('edit.removed', { count: images, name }),
    )
  }

  leaveOut(classId: ClassId, { name, leftOut }: { readonly name: string; readonly leftOut: boolean }): void {
    this.#change(
      (by) => this.#service.request('classes.leaveOut', { classId, leftOut, by }),
      () => t(leftOut ? 'edit.leftOut' : 'edit.takenBack', { name }),
    )
  }

  undoImport(importId: number): void {
    this.#change(
      (by) => this.#service.request('imports.undo', { importId, by }),
      ({ images }) => t('edit.importUndone', { count: images }),
    )
  }

  /** Which class an image is whose file lies in the folders of several; null leaves it out. */
  settleConflict(imageId: ImageId, className: string | null): void {
    this.#named(async (by) => {
      await this.#service.request('conflicts.settle', { imageId, className, by })
      this.#toasts.show('good', className === null ? t('conflict.leftOut') : t('conflict.settled', { name: className }))
    })
  }

  undo(batch: number | undefined = this.#done.at(-1)): void {
    if (batch === undefined) {
      this.#toasts.show('info', t('edit.nothingToUndo'))
      return
    }
    this.#named(async (by) => {
      await this.#service.request('changes.undo', { batch, by })
      const place = this.#done.indexOf(batch)
      if (place >= 0) this.#done.splice(place, 1)
      this.#toasts.show('good', t('edit.undone'))
    })
  }

  /** The name was given, or (null) it was not: then nothing is done. */
  answerName(name: string | null): void {
    const pending = this.#pending
    this.#pending = null
    if (name === null || pending === null) return
    this.#preferences.setInspector(name)
    pending()
  }

  dismiss(): void {
    this.#failure = null
  }

  /** Another project is open: its changes are others. */
  clear(): void {
    this.#done.length = 0
    this.#pending = null
    this.#failure = null
  }

  #change(work: (by: string) => Promise<ChangeOutcome>, said: Said): void {
    this.#named(async (by) => {
      const outcome = await work(by)
      const { batch } = outcome
      if (batch === null) {
        this.#toasts.show('info', t('edit.nothingChanged'))
        return
      }
      this.#done.push(batch)
      this.#toasts.show('good', said(outcome), {
        label: t('edit.undo'),
        run: () => {
          this.undo(batch)
        },
      })
    })
  }

  #named(work: (by: string) => Promise<void>): void {
    const run = (): void => {
      this.#failure = null
      work(this.#preferences.inspector).catch((thrown: unknown) => {
        this.#failure = failureOf(thrown)
      })
    }
    if (this.#preferences.inspector === '') this.#pending = run
    else run()
  }
}
