import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { findPinnedNode } from '../bootstrap/pinned-node.mjs'

export interface ShippedNode {
  readonly executable: string
  readonly license: string
}

/**
 * The plain Node a package carries: the pinned one, or where npm has none for this system the one that runs the build, if it was
 * installed from nodejs.org's archive (alone such a binary is whole, and its licence lies beside it).
 */
export function shippedNode(root: string): ShippedNode {
  const executable = findPinnedNode(root) ?? process.execPath
  const folders = [dirname(executable), dirname(dirname(executable))]
  const license = folders.map((folder) => join(folder, 'LICENSE')).find((file) => existsSync(file))
  if (license !== undefined) return { executable, license }
  throw new Error(
    `${executable} has no LICENSE beside it, so it cannot be shipped. Run the build with a Node 24 unpacked from nodejs.org's archive.`,
  )
}
