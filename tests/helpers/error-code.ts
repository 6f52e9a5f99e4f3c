import { FlawsmithError } from '../../contract/errors.ts'
import type { ErrorCode } from '../../contract/errors.ts'

/** The code of the expected failure `work` throws. */
export async function errorCodeOf(work: () => unknown): Promise<ErrorCode> {
  try {
    await work()
  } catch (thrown) {
    if (thrown instanceof FlawsmithError) return thrown.code
    throw thrown
  }
  throw new Error('A failure was expected.')
}
