import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { findPinnedNode, nodePackage } from '../bootstrap/pinned-node.mjs'

export interface ShippedNode {
  readonly executable: string
  readonly license: string
  /** Folder of node_api.h. */
  readonly headers: string
}

/**
 * The plain Node a package carries: the pinned one, or where npm has none for this system the one that runs the build. That must be
 * of the pinned version and from nodejs.org's archive: then it is whole alone, with licence and headers beside it.
 */
export function shippedNode(root: string): ShippedNode {
  const pinned = join(root, 'node_modules', nodePackage)
  if (existsSync(pinned)) return nodeIn(pinned, findPinnedNode(root) ?? process.execPath)
  const wanted = pinnedVersion(root)
  if (process.versions.node !== wanted)
    throw new Error(
      `A package for this system carries the Node that builds it: build with Node ${wanted}, not ${process.versions.node}.`,
    )
  const executable = process.execPath
  return nodeIn(process.platform === 'win32' ? dirname(executable) : join(executable, '../..'), executable)
}

function nodeIn(folder: string, executable: string): ShippedNode {
  const node = { executable, license: join(folder, 'LICENSE'), headers: join(folder, 'include/node') }
  if (existsSync(node.license)) return node
  throw new Error(`${node.license} is missing, so this Node cannot be shipped: take one from nodejs.org's archive.`)
}

function pinnedVersion(root: string): string {
  const { optionalDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly optionalDependencies: Readonly<Record<string, string>>
  }
  const [, version] = Object.entries(optionalDependencies).find(([name]) => name.startsWith('node-')) ?? []
  if (version === undefined) throw new Error('package.json pins no Node')
  return version
}
