import { readdir, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import type { PackagedApp } from './packaged-app.ts'

/** The first that matches a file's path inside the resources; what lies outside them is Electron's. */
const parts: readonly (readonly [name: string, path: RegExp])[] = [
  ['Node for the compute children', /^node\//],
  ['pictures (sharp, libvips)', /\/node_modules\/(@img|sharp)\//],
  ['graphics cards (Dawn)', /\/node_modules\/(webgpu|@webgpu|@tensorflow\/tfjs-backend-webgpu)\//],
  ['training (TensorFlow.js and its packages)', /^app\.asar\.unpacked\/node_modules\/(?!better-sqlite3\/)/],
  ['database (SQLite)', /\/node_modules\/better-sqlite3\//],
  ['the app itself', /^app\.asar/],
]
const electron = 'Electron'

/** Bytes by part, largest first. */
export async function measurePackage({ folder, resources }: PackagedApp): Promise<ReadonlyMap<string, number>> {
  const sizes = new Map<string, number>()
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const file = join(entry.parentPath, entry.name)
    const path = relative(resources, file).split(sep).join('/')
    const name = parts.find(([, pattern]) => pattern.test(path))?.[0] ?? electron
    sizes.set(name, (sizes.get(name) ?? 0) + (await stat(file)).size)
  }
  return new Map([...sizes].sort(([, a], [, b]) => b - a))
}

export function formatSizes(sizes: ReadonlyMap<string, number>): readonly string[] {
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0)
  return [...sizes, ['in all', total] as const].map(
    ([name, size]) => `${(size / 1e6).toFixed(1).padStart(7)} MB  ${name}`,
  )
}
