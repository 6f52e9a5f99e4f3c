import { FlawsmithError } from '../../../contract/errors.ts'

/** A compute child said something that is none of its answers. It may have been taken over by a file it read, so it is ended. */
export const answerInvalid = (what: string, problem: string): FlawsmithError =>
  new FlawsmithError(
    'compute_answer_invalid',
    `The compute process (${what}) gave an answer that cannot be right, so it was ended: ${problem.slice(0, 500)}. Nothing of it was recorded.`,
    { process: what, problem: problem.slice(0, 500) },
  )
