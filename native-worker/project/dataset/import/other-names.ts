import type { NamedOtherwise } from '../../../../contract/dataset.ts'
import type { ImageId } from '../../../../contract/ids.ts'
import type { ClassOfName } from '../../storage/classes.ts'
import { importer } from '../../storage/classes.ts'
import type { Db } from '../../storage/query.ts'
import type { Change } from '../changes/change.ts'
import { changeDataset } from '../changes/change-dataset.ts'

/** Images whose folders bear names that their classes gave up: those of a merged class go where it went. */
export class OtherNames {
  readonly #importId: number
  readonly #counts = new Map<string, NamedOtherwise>()
  #moves: Change[] = []

  constructor(importId: number) {
    this.#importId = importId
  }

  add(imageId: ImageId, { name, of }: { readonly name: string; readonly of: ClassOfName }): void {
    if (of.className === name) return
    const key = JSON.stringify([name, of.classId])
    const images = (this.#counts.get(key)?.images ?? 0) + 1
    this.#counts.set(key, { name, className: of.className, images })
    if (of.namedId !== of.classId)
      this.#moves.push({ kind: 'merge', imageId, importId: this.#importId, after: { classId: of.classId } })
  }

  /** Logged as what it is, so that an undo of the merge takes these images along. Call it in the transaction that inserts them. */
  apply(db: Db): void {
    if (this.#moves.length > 0) changeDataset(db, { by: importer, changes: this.#moves, isDividedLater: true })
    this.#moves = []
  }

  get found(): readonly NamedOtherwise[] {
    return [...this.#counts.values()]
  }
}
