import { createHash } from 'node:crypto'
import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Everything below a folder: content, size and time of change of every file and folder. */
export function treeOf(folder: string): Readonly<Record<string, string>> {
  const entries = ['.', ...readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()].map((name) => {
    const path = join(folder, name)
    const found = lstatSync(path, { bigint: true })
    const content = found.isFile() ? createHash('sha256').update(readFileSync(path)).digest('hex') : 'folder'
    return [name, `${content} ${found.mtimeNs} ${found.ctimeNs} ${found.size}`] as const
  })
  return Object.fromEntries(entries)
}
