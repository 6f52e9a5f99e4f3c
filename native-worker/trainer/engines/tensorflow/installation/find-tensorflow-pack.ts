import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { EngineObstacle } from '../../../../../contract/engines.ts'
import type { ErrorDetails } from '../../../../../contract/errors.ts'
import { findChangedFile } from './file-records.ts'
import { findOperationSources } from './operation-sources.ts'
import type { PackRecord } from './tensorflow-pack.ts'
import { addonName, packFolder } from './tensorflow-pack.ts'
import { findTfjsNode } from './tfjs-node-package.ts'

export type TensorflowPack =
  | {
      readonly kind: 'found'
      readonly folder: string
      /** Path of the native addon; it finds its libraries beside itself. */
      readonly addon: string
      /** Version of the TensorFlow library, e.g. "2.21.0". */
      readonly tensorflow: string
      /** Of the addon: changes with every build. */
      readonly sha256: string
      /** False for a pack with other versions of our operations than this app's: it works, and installing again rebuilds it. */
      readonly isCurrent: boolean
    }
  | {
      readonly kind: 'missing'
      readonly reason: string
      /** The same as a code with its values. */
      readonly details: ErrorDetails & { readonly obstacle: EngineObstacle }
    }

/** The installed pack, each file checked against its record, or why there is none to use. Takes about a millisecond. */
export async function findTensorflowPack(cacheFolder: string): Promise<TensorflowPack> {
  const folder = packFolder(cacheFolder)
  const record = await readRecord(join(folder, 'pack.json'))
  if (record === null) {
    const reason = 'not installed; run `flawsmith engines install`'
    return { kind: 'missing', reason, details: { obstacle: 'not_installed' } }
  }
  const { version } = await findTfjsNode()
  if (record.tfjsNode !== version) {
    return {
      kind: 'missing',
      reason: `built for tfjs-node ${record.tfjsNode}, not ${version}; run \`flawsmith engines install\``,
      details: { obstacle: 'other_version', built: record.tfjsNode, needed: version },
    }
  }
  const changed = await findChangedFile(folder, record.files)
  if (changed !== null) {
    return {
      kind: 'missing',
      reason: `${changed} is not the installed file; run \`flawsmith engines install\` to replace it`,
      details: { obstacle: 'changed_file', file: changed },
    }
  }
  const sha256 = record.files[addonName]?.sha256 ?? ''
  const isCurrent = record.operationsSha256 === (await findOperationSources()).sha256
  return { kind: 'found', folder, addon: join(folder, addonName), tensorflow: record.tensorflow, sha256, isCurrent }
}

async function readRecord(file: string): Promise<PackRecord | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as PackRecord
  } catch (thrown) {
    const isAbsent = (thrown as NodeJS.ErrnoException).code === 'ENOENT'
    if (isAbsent || thrown instanceof SyntaxError) return null
    throw thrown
  }
}
