import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../..', import.meta.url))

/**
 * One command of the app, as a person types it; what it says on stderr is shown.
 * @returns its JSON document
 * @throws Error with the command where it fails
 */
export async function runFlawsmith(...args: readonly string[]): Promise<unknown> {
  const child = spawn(process.execPath, ['build/run-cli.mjs', ...args, '--json'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'close') as Promise<[number | null]>])
  if (code !== 0)
    throw new Error(`flawsmith ${args.slice(0, 2).join(' ')} ended with ${String(code)}: ${output.slice(0, 500)}`)
  return JSON.parse(output) as unknown
}
