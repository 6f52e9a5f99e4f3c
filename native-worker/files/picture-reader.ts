import { hash } from 'node:crypto'
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import type { Sha256 } from '../../contract/ids.ts'
import { imagePath } from '../../contract/image-path.ts'
import { resolveFolderInside, resolveInside } from './resolve-inside.ts'

/** Not on Windows, where each path is looked at before it is opened instead. */
const notThroughLinks = constants.O_NOFOLLOW as number | undefined
/** A pipe in the place of a file must not hold up the service. */
const notWaiting = (constants.O_NONBLOCK as number | undefined) ?? 0

/**
 * Reads thousands of stored pictures, each proved by its hash. Every folder on the way is looked at once, and no link is
 * followed, as `resolveInside` does it for a single file.
 */
export class PictureReader {
  readonly #imagesFolder: string
  readonly #shelves = new Map<string, string>()

  constructor({ imagesFolder }: { readonly imagesFolder: string }) {
    this.#imagesFolder = imagesFolder
  }

  /** Null where there is none, or one with other bytes. @throws FlawsmithError `path_outside` where its folder is a link */
  readPicture(sha256: Sha256): Buffer | null {
    if (notThroughLinks === undefined)
      return proved(resolveInside(this.#imagesFolder, imagePath(sha256)), { sha256, flags: 0 })
    const shelf = sha256.slice(0, 2)
    let folder = this.#shelves.get(shelf)
    if (folder === undefined) this.#shelves.set(shelf, (folder = resolveFolderInside(this.#imagesFolder, shelf)))
    return proved(`${folder}/${sha256}.png`, { sha256, flags: notThroughLinks })
  }

  /** The same for a file by its path; an original may lie outside the project. */
  readFile(file: string, sha256: Sha256): Buffer | null {
    return proved(file, { sha256, flags: 0 })
  }
}

function proved(file: string, { sha256, flags }: { readonly sha256: Sha256; readonly flags: number }): Buffer | null {
  const bytes = read(file, flags)
  return bytes !== null && hash('sha256', bytes, 'hex') === sha256 ? bytes : null
}

function read(file: string, flags: number): Buffer | null {
  let descriptor
  try {
    descriptor = openSync(file, constants.O_RDONLY | notWaiting | flags)
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== undefined) return null
    throw thrown
  }
  try {
    const found = fstatSync(descriptor)
    if (!found.isFile()) return null
    const bytes = Buffer.allocUnsafe(found.size)
    let at = 0
    while (at < bytes.length) {
      const read = readSync(descriptor, bytes, { offset: at, length: bytes.length - at })
      if (read === 0) return null
      at += read
    }
    return bytes
  } finally {
    closeSync(descriptor)
  }
}
