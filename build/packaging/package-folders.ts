import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

interface LockedPackage {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}
type LockedPackages = Readonly<Record<string, LockedPackage>>

/** Folders (relative to the project) of the packages that are named and of all they depend on. */
export async function findPackageFolders(root: string, names: readonly string[]): Promise<readonly string[]> {
  const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as { packages: LockedPackages }
  return closure(lock.packages, names)
}

/** Follows dependencies as Node looks them up: in the package's own node_modules first, then in those above it. */
export function closure(packages: LockedPackages, roots: readonly string[]): readonly string[] {
  const found = new Set<string>()
  const visit = (name: string, from: string): void => {
    const folder = lookUp(packages, { name, from })
    if (folder === null || found.has(folder)) return
    found.add(folder)
    const { dependencies, optionalDependencies } = packages[folder] ?? {}
    for (const next of Object.keys({ ...dependencies, ...optionalDependencies })) visit(next, folder)
  }
  for (const root of roots) visit(root, '')
  return [...found].sort()
}

function lookUp(packages: LockedPackages, { name, from }: { name: string; from: string }): string | null {
  for (let folder = from; ; folder = folder.slice(0, Math.max(folder.lastIndexOf('/node_modules/'), 0))) {
    const candidate = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`
    if (packages[candidate] !== undefined) return candidate
    if (folder === '') return null
  }
}
