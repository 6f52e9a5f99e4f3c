import { SvelteSet } from 'svelte/reactivity'
import type { ImageFilter, ImageSort, ListedImage } from '../../../../contract/dataset-images.ts'
import type { Failure } from '../../../../contract/errors.ts'
import type { ImageBoxes } from '../../../../contract/image-boxes.ts'
import type { ImageId } from '../../../../contract/ids.ts'
import { failureOf } from '../../../bridge/failure-of.ts'
import type { ServiceConnection } from '../../../bridge/service-connection.svelte.ts'

const pageSize = 200

/**
 * Images of a filter in an order. The whole order is fetched at once, as ids; what is on screen is fetched page by page. A selection is one
 * of images, not of places: it stays while the order changes.
 */
export class ImageBrowser {
  readonly #service: ServiceConnection
  readonly #asked = new Set<ImageId>()
  #ids = $state.raw<readonly ImageId[] | null>(null)
  #images = $state.raw<ReadonlyMap<ImageId, ListedImage>>(new Map())
  #failure = $state.raw<Failure | null>(null)
  #latest = 0
  /** Where a range that shift draws begins. */
  #anchor = 0
  #active = $state.raw(0)
  #boxes = $state.raw<ImageBoxes | null>(null)
  #boxesAsked: ImageId | undefined
  readonly selection = new SvelteSet<ImageId>()

  constructor(service: ServiceConnection) {
    this.#service = service
  }

  /** Null until the first order is there. */
  get count(): number | null {
    return this.#ids?.length ?? null
  }
  get active(): number {
    return this.#active
  }
  get failure(): Failure | null {
    return this.#failure
  }
  /** What an action is about: the selection, else the image in focus. */
  get subjects(): readonly ImageId[] {
    if (this.selection.size > 0) return [...this.selection]
    const id = this.idAt(this.#active)
    return id === undefined ? [] : [id]
  }

  /** What is drawn on the image that was last asked about; null until it is there. */
  get boxes(): ImageBoxes | null {
    return this.#boxes
  }

  idAt(index: number): ImageId | undefined {
    return this.#ids?.[index]
  }

  at(index: number): ListedImage | undefined {
    const id = this.idAt(index)
    return id === undefined ? undefined : this.#images.get(id)
  }

  isSelected(index: number): boolean {
    const id = this.idAt(index)
    return id !== undefined && this.selection.has(id)
  }

  async load(wish: { filter: ImageFilter; sort: ImageSort; descending: boolean }): Promise<void> {
    const turn = (this.#latest += 1)
    try {
      const ids = await this.#service.request('images.order', wish)
      if (turn !== this.#latest) return
      const focused = this.idAt(this.#active)
      this.#asked.clear()
      this.#ids = ids
      this.#failure = null
      const present = new Set(ids)
      for (const id of this.selection) if (!present.has(id)) this.selection.delete(id)
      const place = focused === undefined ? -1 : ids.indexOf(focused)
      this.#active = place >= 0 ? place : Math.min(this.#active, Math.max(0, ids.length - 1))
      this.#anchor = this.#active
      this.ensure({ first: this.#active - pageSize, last: this.#active + pageSize })
    } catch (thrown) {
      if (turn === this.#latest) this.#failure = failureOf(thrown)
    }
  }

  async loadBoxes(id: ImageId | undefined): Promise<void> {
    if (id !== this.#boxesAsked) this.#boxes = null
    this.#boxesAsked = id
    if (id === undefined) return
    try {
      const found = await this.#service.request('images.boxes', { id })
      if (this.#boxesAsked === id) this.#boxes = found
    } catch (thrown) {
      if (this.#boxesAsked === id) this.#failure = failureOf(thrown)
    }
  }

  ensure({ first, last }: { readonly first: number; readonly last: number }): void {
    const ids = this.#ids
    if (ids === null) return
    for (let page = Math.floor(Math.max(0, first) / pageSize); page <= Math.floor(last / pageSize); page += 1)
      void this.#describe(ids.slice(page * pageSize, (page + 1) * pageSize))
  }

  /** Moves the focus; with shift the selection reaches from where it began to here. */
  move(index: number, { extend = false }: { readonly extend?: boolean } = {}): void {
    this.#active = index
    if (!extend) {
      this.#anchor = index
      return
    }
    this.selection.clear()
    for (let at = Math.min(this.#anchor, index); at <= Math.max(this.#anchor, index); at += 1) {
      const id = this.idAt(at)
      if (id !== undefined) this.selection.add(id)
    }
  }

  toggle(index: number): void {
    const id = this.idAt(index)
    if (id === undefined) return
    this.#active = index
    this.#anchor = index
    if (!this.selection.delete(id)) this.selection.add(id)
  }

  /** A click, with the keys that were held. */
  pick(index: number, { extend, add }: { readonly extend: boolean; readonly add: boolean }): void {
    if (extend) this.move(index, { extend })
    else if (add) this.toggle(index)
    else {
      this.selection.clear()
      this.toggle(index)
    }
  }

  select(indices: readonly number[], { add }: { readonly add: boolean }): void {
    if (!add) this.selection.clear()
    for (const index of indices) {
      const id = this.idAt(index)
      if (id !== undefined) this.selection.add(id)
    }
  }

  selectAll(): void {
    for (const id of this.#ids ?? []) this.selection.add(id)
  }

  async #describe(page: readonly ImageId[]): Promise<void> {
    const ids = page.filter((id) => !this.#asked.has(id))
    if (ids.length === 0) return
    const turn = this.#latest
    for (const id of ids) this.#asked.add(id)
    try {
      const found = await this.#service.request('images.describe', { ids: [...ids] })
      if (turn === this.#latest)
        this.#images = new Map([...this.#images, ...found.map((image) => [image.id, image] as const)])
    } catch (thrown) {
      for (const id of ids) this.#asked.delete(id)
      if (turn === this.#latest) this.#failure = failureOf(thrown)
    }
  }
}
