import type { SkipReason } from '../../contract/dataset.ts'

/** A file that cannot be imported: an expected outcome, listed with its reason. */
export class FileRefusal extends Error {
  readonly reason: SkipReason

  constructor(reason: SkipReason, detail: string, options?: ErrorOptions) {
    super(detail, options)
    this.name = 'FileRefusal'
    this.reason = reason
  }
}
