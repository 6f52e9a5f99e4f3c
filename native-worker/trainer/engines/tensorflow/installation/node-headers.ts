import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** A folder with node_api.h: the packaged or pinned Node's, the one beside the running Node, or the system's; null where none is. */
export function findNodeHeaders(): string | null {
  const folders = [
    packagedHeaders(),
    pinnedHeaders(),
    join(dirname(process.execPath), '../include/node'),
    '/usr/include/node',
    '/usr/local/include/node',
  ]
  return folders.find((folder) => folder !== null && existsSync(join(folder, 'node_api.h'))) ?? null
}

/** Beside the Node that a package carries for the compute children. */
function packagedHeaders(): string | null {
  const { resourcesPath } = process as { readonly resourcesPath?: string }
  return resourcesPath === undefined ? null : join(resourcesPath, 'node/include/node')
}

function pinnedHeaders(): string | null {
  try {
    const manifest = createRequire(import.meta.url).resolve(`node-${process.platform}-${process.arch}/package.json`)
    return join(dirname(manifest), 'include/node').replace(/app\.asar(?=[\\/])/, 'app.asar.unpacked')
  } catch (thrown) {
    // Optional: on a platform without that package the other places count.
    if ((thrown as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return null
    throw thrown
  }
}
