import { writeFileSync } from 'node:fs'
import { assertOwnNames, resolveFolderInside } from './resolve-inside.ts'

/**
 * Writes thousands of files that are not there yet, without a sync. Every folder on the way is looked at once, as `resolveInside` does it
 * for a single file; that nothing lies in the place of the file, and no link either, the system makes sure of as it creates it.
 */
export class NewFiles {
  readonly #root: string
  readonly #folders = new Map<string, string>()

  constructor(root: string) {
    this.#root = root
  }

  /**
   * @param path relative, with `/` between names; its folder must be there
   * @throws FlawsmithError `path_outside`, `wrong_kind_of_file`
   */
  write(path: string, bytes: Uint8Array): void {
    assertOwnNames(this.#root, path)
    const end = path.lastIndexOf('/')
    const folder = end < 0 ? this.#root : this.#folderOf(path.slice(0, end))
    writeFileSync(`${folder}/${path.slice(end + 1)}`, bytes, { flag: 'wx' })
  }

  #folderOf(path: string): string {
    let folder = this.#folders.get(path)
    if (folder === undefined) this.#folders.set(path, (folder = resolveFolderInside(this.#root, path)))
    return folder
  }
}
