// Runs on any Node >= 20: built-ins only, no TypeScript.
import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { installDependencies } from './install-dependencies.mjs'
import { findPinnedNode, nodePackage } from './pinned-node.mjs'

const root = resolve(import.meta.dirname, '../..')

/**
 * Installs what is missing, then runs build/commands/<name>.ts with our arguments on the pinned Node and ends as it ends.
 * @param {string} name
 */
export function runOnPinnedNode(name) {
  try {
    installDependencies(root)
  } catch (thrown) {
    process.stderr.write(`${thrown instanceof Error ? thrown.message : String(thrown)}\n`)
    process.exit(1)
  }
  const node = findPinnedNode(root)
  if (node === null) {
    process.stderr.write(
      `Node 24 is needed, this is ${process.version} and the package ${nodePackage} is not installed. ` +
        `Install Node 24 or newer, or run: npm install --no-save ${nodePackage}@24\n`,
    )
    process.exit(1)
  }
  const script = resolve(root, 'build/commands', `${name}.ts`)
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', script, ...process.argv.slice(2)], {
    stdio: 'inherit',
  })
  // The terminal sends its signals to the whole group; a signal sent to us alone has to be passed on.
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => child.kill(signal))
  }
  child.once('error', (error) => {
    process.stderr.write(`${node} did not start: ${error.message}\n`)
    process.exit(1)
  })
  child.once('exit', (code, signal) => {
    process.exit(code ?? (signal === 'SIGINT' ? 130 : 1))
  })
}
