import { FlawsmithError } from '../../../contract/errors.ts'
import { isSha256 } from '../../../contract/ids.ts'
import type { Sha256 } from '../../../contract/ids.ts'
import { readTextInside } from '../../files/files-inside.ts'
import { resolveInside } from '../../files/resolve-inside.ts'
import { writeWhole } from '../../files/write-whole.ts'

const fileName = 'images.txt'

/** Which images a run learns from, class by class: a run that waits for days learns from what it was started with. */
export const writeImageList = (folder: string, images: readonly Sha256[]): Promise<void> =>
  writeWhole(resolveInside(folder, fileName), images.map((hash) => `${hash}\n`).join(''))

/** @throws FlawsmithError `run_not_resumable` where the list is gone or holds anything but images. */
export function readImageList(folder: string): Sha256[] {
  const lines = (readTextInside(folder, fileName) ?? '').split('\n').filter((line) => line !== '')
  if (lines.length > 0 && lines.every(isSha256)) return lines
  const message = `${fileName} in ${folder} is missing or damaged, so this run cannot begin. Start a new run.`
  throw new FlawsmithError('run_not_resumable', message, { file: fileName, folder })
}
