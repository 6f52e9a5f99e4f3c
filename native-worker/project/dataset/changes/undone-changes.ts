import { selectAll } from '../../storage/query.ts'
import type { Db } from '../../storage/query.ts'

/** Which changes were taken back, and which undo was taken back in turn. */
export class UndoneChanges {
  readonly #undoneBy: ReadonlyMap<number, number>

  constructor(db: Db) {
    const rows = selectAll<{ id: number; undoes: number }>(
      db,
      'SELECT id, undoes FROM dataset_changes WHERE undoes IS NOT NULL',
    )
    this.#undoneBy = new Map(rows.map(({ id, undoes }) => [undoes, id]))
  }

  /** The change itself, or what took it back or did it again last. */
  lastOf(id: number): number {
    return this.#follow(id).last
  }

  stands(id: number): boolean {
    return this.#follow(id).turns % 2 === 0
  }

  #follow(id: number): { readonly last: number; readonly turns: number } {
    let last = id
    let turns = 0
    for (let next = this.#undoneBy.get(last); next !== undefined && next > last; next = this.#undoneBy.get(last)) {
      last = next
      turns++
    }
    return { last, turns }
  }
}
