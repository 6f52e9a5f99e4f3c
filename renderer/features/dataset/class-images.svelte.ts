import type { DatasetImage } from '../../../contract/dataset.ts'
import type { ClassId } from '../../../contract/ids.ts'
import { failureOf } from '../../bridge/failure-of.ts'
import type { Failure } from '../../../contract/errors.ts'
import type { ServiceConnection } from '../../bridge/service-connection.svelte.ts'

const pageSize = 200

/** The images of one class, fetched page by page as the grid shows them. */
export class ClassImages {
  readonly #service: ServiceConnection
  readonly #classId: ClassId
  readonly #asked = new Set<number>()
  #pages = $state.raw<ReadonlyMap<number, readonly DatasetImage[]>>(new Map())
  #total = $state.raw<number | null>(null)
  #failure = $state.raw<Failure | null>(null)

  constructor({ service, classId }: { service: ServiceConnection; classId: ClassId }) {
    this.#service = service
    this.#classId = classId
    void this.#fetch(0)
  }

  /** Null until the first page is there. */
  get total(): number | null {
    return this.#total
  }
  get failure(): Failure | null {
    return this.#failure
  }

  at(index: number): DatasetImage | undefined {
    return this.#pages.get(Math.floor(index / pageSize))?.[index % pageSize]
  }

  ensure({ first, last }: { readonly first: number; readonly last: number }): void {
    for (let page = Math.floor(first / pageSize); page <= Math.floor(last / pageSize); page += 1) void this.#fetch(page)
  }

  async #fetch(page: number): Promise<void> {
    if (this.#asked.has(page)) return
    this.#asked.add(page)
    try {
      const { items, total } = await this.#service.request('dataset.images', {
        classId: this.#classId,
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
