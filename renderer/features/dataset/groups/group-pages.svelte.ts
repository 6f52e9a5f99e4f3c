import type { Failure } from '../../../../contract/errors.ts'
import type { GroupFilter, ImageGroup } from '../../../../contract/groups.ts'
import { failureOf } from '../../../bridge/failure-of.ts'
import type { ServiceConnection } from '../../../bridge/service-connection.svelte.ts'

const pageSize = 50

/** The groups that a filter shows, fetched page by page as the list shows them. */
export class GroupPages {
  readonly #service: ServiceConnection
  readonly #filter: GroupFilter
  readonly #asked = new Set<number>()
  #pages = $state.raw<ReadonlyMap<number, readonly ImageGroup[]>>(new Map())
  #total = $state.raw<number | null>(null)
  #failure = $state.raw<Failure | null>(null)

  constructor({ service, filter }: { readonly service: ServiceConnection; readonly filter: GroupFilter }) {
    this.#service = service
    this.#filter = filter
    void this.#fetch(0)
  }

  /** Null until the first page is there. */
  get total(): number | null {
    return this.#total
  }
  get failure(): Failure | null {
    return this.#failure
  }

  /** Asks for it where it is not there yet. */
  at(index: number): ImageGroup | undefined {
    const page = Math.floor(index / pageSize)
    void this.#fetch(page)
    return this.#pages.get(page)?.[index % pageSize]
  }

  async #fetch(page: number): Promise<void> {
    if (this.#asked.has(page)) return
    this.#asked.add(page)
    try {
      const { items, total } = await this.#service.request('groups.list', {
        filter: this.#filter,
        offset: page * pageSize,
        limit: pageSize,
      })
      this.#pages = new Map(this.#pages).set(page, items)
      this.#total = total
    } catch (thrown) {
      this.#asked.delete(page)
      this.#failure = failureOf(thrown)
    }
  }
}
