import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** A folder with node_api.h: the pinned Node's, the one beside the running Node, or the system's; null where none is. */
export function findNodeHeaders(): string | null {
  const folders = [
    pinnedHeaders(),
    join(dirname(process.execPath), '../include/node'),
    '/usr/include/node',
    '/usr/local/include/node',
  ]
  return folders.find((folder) => folder !== null && existsSync(join(folder, 'node_api.h'))) ?? null
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
