import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { resolveFolderInside, resolveInside } from './resolve-inside.ts'

/*
 * What the service does with the files of a project: by the folder and the name in it, never by a path that it was told.
 * Each throws `path_outside` where the name leads out.
 */

/** Null where there is no such file. */
export function readTextInside(folder: string, name: string): string | null {
  try {
    return readFileSync(resolveInside(folder, name), 'utf8')
  } catch (thrown) {
    if (isAbsent(thrown)) return null
    throw thrown
  }
}

/** The names in a folder in `folder`; none where there is no such folder. */
export function namesInside(folder: string, name: string): readonly string[] {
  try {
    return readdirSync(resolveFolderInside(folder, name))
  } catch (thrown) {
    if (isAbsent(thrown)) return []
    throw thrown
  }
}

/** Removes a file. It may be gone already. A folder it is not for. */
export const removeInside = (folder: string, name: string): void => rmSync(resolveInside(folder, name), { force: true })

export const makeFolderInside = (folder: string, name: string): string | undefined =>
  mkdirSync(resolveFolderInside(folder, name), { recursive: true })

/** Removes a folder with everything in it. It may be gone already. */
export const removeFolderInside = (folder: string, name: string): void =>
  rmSync(resolveFolderInside(folder, name), { recursive: true, force: true })

/** Renames a file, also over another one. */
export const moveInside = (folder: string, { from, to }: { readonly from: string; readonly to: string }): void =>
  renameSync(resolveInside(folder, from), resolveInside(folder, to))

const isAbsent = (thrown: unknown): boolean => thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT'
