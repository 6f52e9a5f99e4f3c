import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { FlawsmithError } from '../../../contract/errors.ts'

export interface FrameFiles {
  /** That was chosen, or in which the chosen file lies. */
  readonly folder: string
  /** Relative to it, with `/` between names, in the order a person would sort them. */
  readonly paths: readonly string[]
}

const pictures = /\.(png|jpe?g|bmp|tiff?|webp|gif)$/i
const natural = new Intl.Collator('en', { numeric: true })

/**
 * The pictures in a folder and below it, by their names, without what is hidden and without links; or the one file that was chosen.
 * @param except a folder whose files are no frames, such as that of the masks
 * @throws FlawsmithError `folder_not_found`, `folder_not_readable`, `no_frames`
 */
export async function listFrameFiles(
  chosen: string,
  { except }: { readonly except?: string } = {},
): Promise<FrameFiles> {
  try {
    if ((await stat(chosen)).isFile()) return { folder: dirname(resolve(chosen)), paths: [basename(chosen)] }
    const entries = await readdir(chosen, { withFileTypes: true, recursive: true })
    const paths = entries
      .filter((entry) => entry.isFile() && pictures.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => except === undefined || !resolve(path).startsWith(`${resolve(except)}${sep}`))
      .map((path) => relative(chosen, path).split(sep).join('/'))
      .filter((path) => !path.split('/').some((name) => name.startsWith('.')))
      .sort((a, b) => natural.compare(a, b))
    if (paths.length > 0) return { folder: resolve(chosen), paths }
  } catch (thrown) {
    const code = (thrown as NodeJS.ErrnoException).code ?? ''
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw new FlawsmithError('folder_not_found', `There is no ${chosen}.`, { folder: chosen }, { cause: thrown })
    throw new FlawsmithError(
      'folder_not_readable',
      `${chosen} cannot be read (${code}). Change its permissions, then try again.`,
      { folder: chosen },
      { cause: thrown },
    )
  }
  throw new FlawsmithError('no_frames', `${chosen} holds no pictures. Choose a picture, or a folder with pictures.`, {
    folder: chosen,
  })
}
