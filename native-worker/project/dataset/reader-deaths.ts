import { FlawsmithError } from '../../../contract/errors.ts'
import type { ImagesClient } from '../../../contract/images.ts'

/** The reader of images ended, or was ended because of what it said. */
export const isReaderDeath = (thrown: unknown): boolean =>
  thrown instanceof FlawsmithError && (thrown.code === 'compute_died' || thrown.code === 'compute_answer_invalid')

/**
 * Asks about each file alone, so that one on which the reader dies takes no other file with it.
 * @throws what `ask` throws, but for the death of the reader on one file; `compute_died` where no reader starts at all
 */
export async function askOneByOne<File, Answer>(
  files: readonly File[],
  {
    images,
    ask,
    died,
  }: {
    readonly images: ImagesClient
    readonly ask: (file: File) => Promise<readonly Answer[]>
    /** What stands for a file on which the reader died. */
    readonly died: Answer
  },
): Promise<readonly Answer[]> {
  const answers: Answer[] = []
  for (const file of files) {
    try {
      answers.push(...(await ask(file)))
    } catch (thrown) {
      if (!isReaderDeath(thrown)) throw thrown
      // No file is to blame where the reader does not even say what it is.
      await images.describe()
      answers.push(died)
    }
  }
  return answers
}
