import { dirname } from 'node:path'

/** Every folder that holds this one, the nearest first. */
export function foldersAbove(folder: string): readonly string[] {
  const parent = dirname(folder)
  return parent === folder ? [] : [parent, ...foldersAbove(parent)]
}
