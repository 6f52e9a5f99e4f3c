import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { FlawsmithError } from '../../../contract/errors.ts'
import { packagedResources } from './packaged-resources.ts'

/** How compute children are started: always a plain Node, never Electron's (its allocator kills large tensors). */
export interface ComputeRuntime {
  readonly nodePath: string
  readonly trainerEntry: string
  readonly imagesEntry: string
}

const executable = process.platform === 'win32' ? 'node.exe' : 'node'
/** Packages that carry Node for one platform each; see optionalDependencies in package.json. */
const carrier = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`

/** Plain Node cannot read an asar archive: packaged bundles lie unpacked beside it. */
const unpacked = (path: string): string => path.replace(/app\.asar(?=[\\/])/, 'app.asar.unpacked')

/**
 * @param entryFolder folder of the running bundle, or of this file's `native-worker` when run from source.
 */
export function findComputeRuntime(entryFolder: string): ComputeRuntime {
  const bundled = existsSync(join(entryFolder, 'trainer.js'))
  return {
    nodePath: findNode(entryFolder),
    trainerEntry: bundled ? unpacked(join(entryFolder, 'trainer.js')) : join(entryFolder, 'trainer/child.ts'),
    imagesEntry: bundled ? unpacked(join(entryFolder, 'images.js')) : join(entryFolder, 'images/child.ts'),
  }
}

/** An installed app runs the Node it carries and no other, whatever the environment says. */
function findNode(entryFolder: string): string {
  const resources = packagedResources(entryFolder)
  if (resources !== null) return carriedNode(resources)
  const explicit = process.env['FLAWSMITH_NODE']
  if (explicit !== undefined && explicit !== '') return explicit
  return 'electron' in process.versions ? installedNode() : process.execPath
}

function carriedNode(resources: string): string {
  const node = join(resources, 'node', executable)
  if (existsSync(node)) return node
  throw new FlawsmithError('engine_unavailable', `${node} is missing from this installation: reinstall Flawsmith.`, {
    node,
  })
}

function installedNode(): string {
  try {
    const manifest = createRequire(import.meta.url).resolve(`${carrier}/package.json`)
    return join(dirname(manifest), process.platform === 'win32' ? executable : `bin/${executable}`)
  } catch (cause) {
    throw new FlawsmithError(
      'engine_unavailable',
      `No plain Node for the compute processes: the package ${carrier} is not installed. Run npm ci, or set FLAWSMITH_NODE to a Node 24.`,
      { package: carrier },
      { cause },
    )
  }
}
