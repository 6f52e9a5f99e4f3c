import { join } from 'node:path'
import type { FileRecords } from './file-records.ts'

/**
 * The native CPU engine as a folder of its own: TensorFlow's C library out of its Python package, and the addon of
 * tfjs-node compiled against it. tfjs-node's own library is five years older and cannot be had on a closed network.
 */
export const tensorflowVersion = '2.21.0'

/** One wheel for every Python, so that one hash is enough: the library inside does not depend on Python. */
export const wheel = {
  requirement: `tensorflow-cpu==${tensorflowVersion}`,
  pythonVersion: '3.11',
  abi: 'cp311',
  platform: 'manylinux_2_27_x86_64',
  sha256: '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
  /** The C library is built against this one: [major, minor]. */
  glibc: [2, 27],
} as const

export const addonName = 'tfjs_binding.node'
export const libraryNames = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'] as const

/** What `pack.json` holds. */
export interface PackRecord {
  readonly kind: 'tensorflow'
  readonly tensorflow: string
  /** The tfjs-node whose addon sources were compiled; its JavaScript has to be of the same version. */
  readonly tfjsNode: string
  readonly wheelSha256: string
  /** Of our operations' sources; packs built before there were any lack it. */
  readonly operationsSha256?: string
  readonly files: FileRecords
  readonly builtAt: string
  readonly builtWith: {
    readonly platform: string
    /** The addon may use instructions that other processors lack. */
    readonly processor: string
    readonly node: string
    readonly compiler: string
    readonly flags: readonly string[]
  }
}

export const packFolder = (cacheFolder: string): string =>
  join(cacheFolder, 'engines', `${process.platform}-${process.arch}-tensorflow`)
