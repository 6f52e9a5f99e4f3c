import { mkdir, statfs } from 'node:fs/promises'
import { findNodeHeaders } from './node-headers.ts'
import { runCommand } from '../../../../files/run-command.ts'
import { wheel } from './tensorflow-pack.ts'

/** The wheel, the libraries before and after stripping, and room to spare. */
const neededBytes = 2.5e9

/** What keeps the native engine from being installed here, in one line for the user; null when nothing does. */
export async function packBlockers(cacheFolder: string): Promise<string | null> {
  const platform = findPlatformBlocker()
  if (platform !== null) return platform
  const missing: string[] = []
  if (!(await succeeds('python3', ['-m', 'pip', '--version']))) missing.push('python3 with pip')
  if (!(await succeeds('g++', ['--version']))) missing.push('g++')
  if (findNodeHeaders() === null) missing.push("Node's headers (node_api.h)")
  if (missing.length > 0) {
    return `the native engine needs ${missing.join(' and ')} (Debian: apt-get install python3-pip g++)`
  }
  await mkdir(cacheFolder, { recursive: true })
  const { bavail, bsize } = await statfs(cacheFolder)
  const freeBytes = bavail * bsize
  if (freeBytes >= neededBytes) return null
  return `the native engine needs ${formatGigabytes(neededBytes)} GB free in ${cacheFolder}, there are ${formatGigabytes(freeBytes)} GB`
}

function findPlatformBlocker(): string | null {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return `the native engine is built for Linux x64 only, this is ${process.platform} ${process.arch}`
  }
  const { glibcVersionRuntime: glibc } = (process.report.getReport() as { header: { glibcVersionRuntime?: string } })
    .header
  const [major = 0, minor = 0] = (glibc ?? '').split('.').map(Number)
  const [wantedMajor, wantedMinor] = wheel.glibc
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return null
  return `the native engine needs glibc ${wheel.glibc.join('.')} or newer, this system has ${glibc ?? 'another C library'}`
}

const succeeds = async (command: string, args: readonly string[]): Promise<boolean> =>
  (await runCommand(command, args, { timeoutMs: 30_000 })).code === 0

const formatGigabytes = (bytes: number): string => (bytes / 1e9).toFixed(1)
