import type { Failure } from '../../contract/errors.ts'
import { toFailure } from '../../contract/errors.ts'

/** What a screen shows of something thrown. Anything unexpected also goes to the console, with its stack. */
export function failureOf(thrown: unknown): Failure {
  const failure = toFailure(thrown)
  if (failure.code === 'internal') console.error(thrown)
  return failure
}
