// Runs on any Node >= 20: built-ins only, no TypeScript.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, devOptional?: boolean, peer?: boolean, link?: boolean }} LockedPackage
 * @typedef {Record<string, LockedPackage>} LockedPackages
 */

/**
 * @param {string} file
 * @returns {LockedPackages | null} null where the file is missing or unreadable
 */
function readLock(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? null
  } catch {
    return null
  }
}

/**
 * What keeps node_modules from being what the lock file says, or null. npm writes node_modules/.package-lock.json as
 * the last step of an install, so an interrupted install is noticed as well.
 * @param {string} root project folder
 * @returns {string | null}
 */
export function findStaleDependency(root) {
  const wanted = readLock(join(root, 'package-lock.json'))
  if (wanted === null)
    throw new Error(`package-lock.json is missing or broken in ${root}: restore it from the repository.`)
  const installed = readLock(join(root, 'node_modules', '.package-lock.json'))
  if (installed === null) return 'node_modules is missing'
  for (const [path, { version, optional, devOptional, peer }] of Object.entries(wanted)) {
    if (path === '') continue
    const present = installed[path]
    if (present === undefined && (optional || devOptional || peer)) continue
    if (present?.version !== version) return `${path.replace(/^.*node_modules\//, '')} ${version} is not installed`
  }
  return null
}

/**
 * Installs exactly what the lock file names, without running any package's scripts. Progress goes to stderr.
 * @param {string} root project folder
 */
export function installDependencies(root) {
  const reason = findStaleDependency(root)
  if (reason === null) return
  process.stderr.write(`Installing dependencies (${reason}) …\n`)
  const started = Date.now()
  const npm = process.env['npm_execpath']
  const args = ['ci', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error']
  /** @type {import('node:child_process').SpawnSyncOptions} */
  const options = { cwd: root, stdio: ['ignore', 2, 2] }
  const result =
    npm !== undefined && npm.endsWith('.js')
      ? spawnSync(process.execPath, [npm, ...args], options)
      : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' })
  if (result.status !== 0) {
    throw new Error(
      `npm ci failed (${result.error?.message ?? `exit code ${result.status}`}). Check the network or the npm registry setting, then run the command again.`,
    )
  }
  process.stderr.write(`Dependencies installed in ${Math.round((Date.now() - started) / 1000)} s.\n`)
}
