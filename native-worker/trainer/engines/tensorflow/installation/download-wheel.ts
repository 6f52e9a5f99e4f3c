import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { FlawsmithError } from '../../../../../contract/errors.ts'
import { hashFile } from './file-records.ts'
import { runCommand } from '../../../../files/run-command.ts'
import { wheel } from './tensorflow-pack.ts'

/** Downloads the TensorFlow wheel with pip (274 MB) and checks it against the pinned hash. Gives the file's path. */
export async function downloadWheel(folder: string, { signal }: { readonly signal: AbortSignal }): Promise<string> {
  const { pythonVersion, abi, platform, requirement } = wheel
  // Said in full, so that every Python fetches the same file.
  const target = ['--python-version', pythonVersion, '--implementation', 'cp', '--abi', abi, '--platform', platform]
  const quiet = ['--quiet', '--no-input', '--disable-pip-version-check']
  const { code, stderr } = await runCommand(
    'python3',
    ['-m', 'pip', 'download', ...quiet, '--no-deps', '--only-binary=:all:', ...target, '--dest', folder, requirement],
    { signal },
  )
  signal.throwIfAborted()
  if (code !== 0) {
    throw new FlawsmithError(
      'engine_install_failed',
      `pip could not download ${requirement}: ${lastLine(stderr)}. Check the network or pip's index setting and try again.`,
      { step: 'download' },
    )
  }
  const name = (await readdir(folder)).find((file) => file.endsWith('.whl'))
  if (name === undefined)
    throw new FlawsmithError('engine_install_failed', `pip gave no file for ${requirement}.`, { step: 'download' })
  const file = join(folder, name)
  await checkWheel(file)
  return file
}

/** Throws `engine_install_failed` unless the file is byte for byte the wheel we know. */
export async function checkWheel(file: string): Promise<void> {
  const found = (await hashFile(file)).toString('hex')
  if (found === wheel.sha256) return
  throw new FlawsmithError(
    'engine_install_failed',
    `${file} is not the ${wheel.requirement} we know: its SHA-256 is ${found} instead of ${wheel.sha256}. Nothing was installed.`,
    { step: 'check', sha256: found },
  )
}

/** pip warns about retries before it says what failed. */
const lastLine = (text: string): string => text.trim().split('\n').slice(-1).join('').replace(/\.$/, '')
