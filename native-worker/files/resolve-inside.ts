import { lstatSync } from 'node:fs'
import { join } from 'node:path'
import { FlawsmithError } from '../../contract/errors.ts'

/** No name that Flawsmith writes has any of these; on one system or another each of them leads somewhere else. */
const foreignName = /^\.{0,2}$|[\\:\0]/

/**
 * The path of a file in a folder that others may have written, named by a database, a file, a listing or a message: the one way to
 * such a path. It need not exist yet. What exists of it below `folder` must not be a link, so that it lies where it says.
 * @param path relative, with `/` between names
 * @throws FlawsmithError `path_outside`; `wrong_kind_of_file` where a folder lies in the place of a file, or the other way round
 */
export const resolveInside = (folder: string, path: string): string => resolve(folder, { path, isFolder: false })

/** The same for a folder. */
export const resolveFolderInside = (folder: string, path: string): string => resolve(folder, { path, isFolder: true })

/** Throws `path_outside` where one of the names in a relative path leads somewhere else. */
export function assertOwnNames(folder: string, path: string): void {
  if (path.split('/').some((name) => foreignName.test(name))) throw outside(folder, path)
}

function resolve(folder: string, { path, isFolder }: { readonly path: string; readonly isFolder: boolean }): string {
  assertOwnNames(folder, path)
  const names = path.split('/')
  let reached = folder
  for (const [index, name] of names.entries()) {
    reached = join(reached, name)
    const found = lstatSync(reached, { throwIfNoEntry: false })
    if (found === undefined) break
    if (found.isSymbolicLink()) throw outside(folder, path)
    const isFolderHere = isFolder || index < names.length - 1
    if (isFolderHere ? !found.isDirectory() : !found.isFile()) throw wrongKind(reached, isFolderHere)
  }
  return join(folder, ...names)
}

const outside = (folder: string, path: string): FlawsmithError =>
  new FlawsmithError(
    'path_outside',
    `“${path.slice(0, 200)}” does not lie in ${folder}, or is reached through a link. Put the project's own files and folders in its place.`,
    { folder, path: path.slice(0, 200) },
  )

const wrongKind = (path: string, isFolder: boolean): FlawsmithError =>
  new FlawsmithError(
    'wrong_kind_of_file',
    `${path} should be a ${isFolder ? 'folder' : 'file'}, and is not. Move it away, then try again.`,
    { path },
  )
