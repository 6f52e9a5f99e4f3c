import { FlawsmithError } from '../../../../../contract/errors.ts'
import { runCommand } from '../../../../files/run-command.ts'

/**
 * Loads the addon in a process of its own and asks it for its library's version. Throws `engine_install_failed` when
 * it does not load or answers with another version.
 * @param nodePath a plain Node
 */
export async function checkAddon(
  addon: string,
  { nodePath, version }: { readonly nodePath: string; readonly version: string },
): Promise<void> {
  const script = `process.stdout.write(String(require(${JSON.stringify(addon)}).TF_Version))`
  const { code, stdout, stderr } = await runCommand(nodePath, ['-e', script], {
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3' },
    timeoutMs: 120_000,
  })
  if (code === 0 && stdout === version) return
  const found =
    stdout === ''
      ? (stderr
          .trim()
          .split('\n')
          .find((line) => line.includes('Error')) ?? `exit code ${code}`)
      : `version ${stdout}`
  throw new FlawsmithError('engine_install_failed', `The compiled engine does not load: ${found}`, { step: 'load' })
}
