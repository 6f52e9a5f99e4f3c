// Runs on any Node >= 20: built-ins only, no TypeScript.
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const system = process.platform === 'win32' ? 'win' : process.platform
/** The npm package that carries the pinned Node for this machine; see optionalDependencies in package.json. */
export const nodePackage = `node-${system}-${process.arch}`

/**
 * The Node that runs our TypeScript: the pinned one, or this one where it is new enough.
 * @param {string} root project folder
 * @returns {string | null} path of the executable
 */
export function findPinnedNode(root) {
  const folder = join(root, 'node_modules', nodePackage)
  const candidates = [join(folder, 'bin', 'node'), join(folder, 'node.exe'), join(folder, 'bin', 'node.exe')]
  const pinned = candidates.find((path) => existsSync(path))
  if (pinned !== undefined) return pinned
  return Number(process.versions.node.split('.')[0]) >= 24 ? process.execPath : null
}
