import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { FlawsmithError } from '../../../contract/errors.ts'
import type { Sha256 } from '../../../contract/ids.ts'
import { writeWhole } from '../../files/write-whole.ts'

const fileName = 'images.txt'

/** Which images a run learns from, class by class: a run that waits for days learns from what it was started with. */
export const writeImageList = (folder: string, images: readonly Sha256[]): Promise<void> =>
  writeWhole(join(folder, fileName), images.map((hash) => `${hash}\n`).join(''))

/** @throws FlawsmithError `run_not_resumable` where the list is gone. */
export async function readImageList(folder: string): Promise<Sha256[]> {
  const file = join(folder, fileName)
  try {
    return (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '') as Sha256[]
  } catch (cause) {
    const message = `${file} is missing, so this run cannot begin. Start a new run.`
    throw new FlawsmithError('run_not_resumable', message, { file }, { cause })
  }
}
