import type { SkipCause, SkipReason } from '../../contract/dataset.ts'

/** A file that cannot be imported: an expected outcome, listed with its reason. */
export class FileRefusal extends Error {
  readonly reason: SkipReason
  readonly skipCause: SkipCause | undefined

  /** `detail` says in English what `skipCause` lets every language say. */
  constructor(
    {
      reason,
      detail,
      skipCause,
    }: { readonly reason: SkipReason; readonly detail: string; readonly skipCause?: SkipCause },
    options?: ErrorOptions,
  ) {
    super(detail, options)
    this.name = 'FileRefusal'
    this.reason = reason
    this.skipCause = skipCause
  }
}

/** What a decoder throws, in its words. */
export const asRefusal = (cause: unknown): FileRefusal =>
  cause instanceof FileRefusal
    ? cause
    : new FileRefusal(
        {
          reason: 'corrupt',
          detail: (cause instanceof Error ? cause.message : String(cause)).split('\n')[0] ?? '',
          skipCause: { name: 'decoder' },
        },
        { cause },
      )
