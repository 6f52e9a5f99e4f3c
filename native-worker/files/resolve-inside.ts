import { lstatSync } from 'node:fs'
import { join } from 'node:path'
import { FlawsmithError } from '../../contract/errors.ts'

/** No name that Flawsmith writes has any of these; on one system or another each of them leads somewhere else. */
const foreignName = /^\.{0,2}$|[\\:\0]/

/**
 * The path of something in a folder that others may have written, named by a database, a file, a listing or a message: the one
 * way to such a path. It need not exist yet. What exists of it below `folder` must not be a link, so that it lies where it says.
 * @param path relative, with `/` between names
 * @throws FlawsmithError `path_outside`
 */
export function resolveInside(folder: string, path: string): string {
  const names = path.split('/')
  if (names.some((name) => foreignName.test(name))) throw outside(folder, path)
  let reached = folder
  for (const name of names) {
    reached = join(reached, name)
    const found = lstatSync(reached, { throwIfNoEntry: false })
    if (found?.isSymbolicLink() === true) throw outside(folder, path)
    if (found === undefined) break
  }
  return join(folder, ...names)
}

const outside = (folder: string, path: string): FlawsmithError =>
  new FlawsmithError(
    'path_outside',
    `“${path.slice(0, 200)}” does not lie in ${folder}, or is reached through a link. Put the project's own files and folders in its place.`,
    { folder, path: path.slice(0, 200) },
  )
