import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { FlawsmithError } from '../../../../../contract/errors.ts'
import { checkAddon } from './check-addon.ts'
import { compileAddon, compilerFlags } from './compile-addon.ts'
import { downloadWheel } from './download-wheel.ts'
import { extractZip } from './extract-zip.ts'
import { recordFiles } from './file-records.ts'
import type { TensorflowPack } from './find-tensorflow-pack.ts'
import { findTensorflowPack } from './find-tensorflow-pack.ts'
import { findOperationSources } from './operation-sources.ts'
import { packBlockers } from './pack-blockers.ts'
import { runCommand } from '../../../../files/run-command.ts'
import type { PackRecord } from './tensorflow-pack.ts'
import { addonName, libraryNames, packFolder, tensorflowVersion, wheel } from './tensorflow-pack.ts'
import { findTfjsNode } from './tfjs-node-package.ts'

export interface InstallOptions {
  readonly cacheFolder: string
  /** One line per step, for the person who waits (about two minutes). */
  readonly onLine: (line: string) => void
  readonly signal: AbortSignal
  /** A plain Node to load the result in; without one, inside Electron, the engine's own probe is the first load. */
  readonly nodePath?: string
}

/**
 * Builds the native CPU engine in a temporary folder and renames it into the cache; an installed, unchanged pack is
 * left as it is. Throws `engine_install_failed` with what is missing or went wrong, and leaves nothing behind.
 */
export async function installTensorflowPack(options: InstallOptions): Promise<TensorflowPack & { kind: 'found' }> {
  const { cacheFolder } = options
  const present = await findTensorflowPack(cacheFolder)
  if (present.kind === 'found' && present.isCurrent) return present

  const blocker = await packBlockers(cacheFolder)
  if (blocker !== null)
    throw new FlawsmithError('engine_install_failed', `Cannot install: ${blocker}.`, { step: 'requirements' })

  const folder = packFolder(cacheFolder)
  await mkdir(dirname(folder), { recursive: true })
  const temporary = await mkdtemp(join(dirname(folder), 'incoming-'))
  try {
    const pack = join(temporary, 'pack')
    await mkdir(pack)
    await buildPack({ ...options, temporary, pack })
    await rm(folder, { recursive: true, force: true })
    await rename(pack, folder)
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
  const installed = await findTensorflowPack(cacheFolder)
  if (installed.kind === 'found') return installed
  throw new FlawsmithError('engine_install_failed', `Installed, but not usable: ${installed.reason}`, {
    step: 'record',
  })
}

async function buildPack({
  temporary,
  pack,
  onLine,
  signal,
  nodePath,
}: InstallOptions & { readonly temporary: string; readonly pack: string }): Promise<void> {
  onLine(`Downloading ${wheel.requirement} with pip (274 MB) …`)
  const wheelFile = await downloadWheel(temporary, { signal })

  onLine('Unpacking the TensorFlow library …')
  const includeFolder = join(temporary, 'include')
  const names = await extractZip(wheelFile, { folder: temporary, nameOf: placeInPack })
  await rm(wheelFile)
  signal.throwIfAborted()
  for (const name of libraryNames) {
    if (!names.includes(`pack/${name}`))
      throw new FlawsmithError('engine_install_failed', `${name} is not in the wheel.`, { step: 'unpack' })
    // Debug symbols are a quarter of the size. Without strip the library works as well.
    await runCommand('strip', ['-s', join(pack, name)], { signal })
  }
  signal.throwIfAborted()

  onLine('Compiling the engine with g++ (about half a minute) …')
  const tfjsNode = await findTfjsNode()
  const operations = await findOperationSources()
  const { sourceFolder } = tfjsNode
  await compileAddon({ sourceFolder, operationSources: operations.files, includeFolder, folder: pack, signal })
  const plainNode = nodePath ?? ('electron' in process.versions ? null : process.execPath)
  if (plainNode !== null) await checkAddon(join(pack, addonName), { nodePath: plainNode, version: tensorflowVersion })

  const compiler = await runCommand('g++', ['--version'])
  const packed = [...names.filter((name) => name.startsWith('pack/')).map((name) => basename(name)), addonName]
  const record: PackRecord = {
    kind: 'tensorflow',
    tensorflow: tensorflowVersion,
    tfjsNode: tfjsNode.version,
    wheelSha256: wheel.sha256,
    operationsSha256: operations.sha256,
    files: await recordFiles(pack, packed),
    builtAt: new Date().toISOString(),
    builtWith: {
      platform: `${process.platform}-${process.arch}`,
      node: process.version,
      processor: cpus()[0]?.model ?? '',
      compiler: compiler.stdout.split('\n')[0] ?? '',
      flags: compilerFlags,
    },
  }
  await writeFile(join(pack, 'pack.json'), JSON.stringify(record, null, 2))
}

/** Only what the C interface needs out of 900 MB: two libraries, their licence texts, the C headers. */
function placeInPack(entryName: string): string | null {
  const name = entryName.replace(/^tensorflow\//, '')
  if ((libraryNames as readonly string[]).includes(name)) return `pack/${name}`
  if (name === 'THIRD_PARTY_NOTICES.txt') return `pack/${name}`
  if (name === 'include/LICENSE') return 'pack/LICENSE'
  return /^include\/(tensorflow\/c\/|tensorflow\/core\/platform\/ctstring|tsl\/platform\/(?:ctstring|platform\.h)|xla\/tsl\/)/.test(
    name,
  )
    ? name
    : null
}
