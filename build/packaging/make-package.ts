import { readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { build, Platform } from 'electron-builder'
import { targetOf } from '../runtime/bundle-target.ts'
import type { Runtime } from '../runtime/resolve-runtime.ts'
import { ensureBuilt } from '../setup/bundles.ts'
import { projectRoot } from '../setup/project-root.ts'
import { builderConfig } from './builder-config.ts'
import { findComputeRoots } from './compute-roots.ts'
import { findWrongFuses } from './fuses.ts'
import { findPackageFolders } from './package-folders.ts'
import type { PackagedApp } from './packaged-app.ts'
import { packagedApp } from './packaged-app.ts'
import { shippedNode } from './shipped-node.ts'
import { shippedVersion } from './shipped-version.ts'

export interface Package {
  readonly name: string
  readonly version: string
  readonly app: PackagedApp
}

interface Manifest {
  readonly name: string
  readonly version: string
  readonly dependencies: Readonly<Record<string, string>>
  readonly optionalDependencies: Readonly<Record<string, string>>
}

/**
 * Makes the unpacked app in dist/<name>-<version>, with `installers` also this system's installers (electron-builder fetches
 * their tools). Throws when the bundles cannot be built or a fuse is not set as it should be.
 */
export async function makePackage(
  runtime: Runtime,
  { installers }: { readonly installers: boolean },
): Promise<Package> {
  await ensureBuilt(targetOf(runtime))
  const { name, dependencies, optionalDependencies, ...manifest } = JSON.parse(
    await readFile(join(projectRoot, 'package.json'), 'utf8'),
  ) as Manifest
  const version = shippedVersion(manifest.version, runtime)
  const output = join(projectRoot, 'dist', `${name}-${version}`)
  await rm(output, { recursive: true, force: true })
  const declared = Object.keys({ ...dependencies, ...optionalDependencies })
  const compute = await findComputeRoots(join(projectRoot, 'out/main'), { declared })
  const config = builderConfig({
    version,
    output,
    electronDist: folderOf(runtime.electronPath),
    electronVersion: runtime.version,
    computeBundles: compute.bundles,
    computePackages: await findPackageFolders(projectRoot, compute.packages),
    sqliteBinding: runtime.sqliteBinding,
    node: shippedNode(projectRoot),
  })
  const targets = installers ? undefined : Platform.current().createTarget('dir')
  await build({ projectDir: projectRoot, config, ...(targets === undefined ? {} : { targets }) })

  const app = packagedApp(output)
  const wrong = await findWrongFuses(app.fuses)
  if (wrong.length > 0)
    throw new Error(`${app.executable}: these fuses are not set as they should be: ${wrong.join(', ')}`)
  return { name, version, app }
}

/** On macOS the executable lies inside Electron.app, elsewhere beside everything it needs. */
const folderOf = (electronPath: string): string =>
  process.platform === 'darwin' ? join(electronPath, '../../../..') : dirname(electronPath)
