import type { SkipCause, SkipReason } from '../../../contract/dataset.ts'
import { maxDetailLength } from '../../../contract/images.ts'
import { FileRefusal } from '../file-refusal.ts'

interface RefusalAnswer {
  readonly ok: false
  readonly reason: SkipReason
  readonly detail: string
  readonly cause?: SkipCause
}

/** The answer about a file that cannot be read; anything else that was thrown is thrown again. */
export function refusalAnswer(thrown: unknown): RefusalAnswer {
  if (!(thrown instanceof FileRefusal)) throw thrown
  return {
    ok: false,
    reason: thrown.reason,
    detail: thrown.message.slice(0, maxDetailLength),
    ...(thrown.skipCause === undefined ? {} : { cause: thrown.skipCause }),
  }
}
