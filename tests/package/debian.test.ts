import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { desktopEntryFile, iconFile, installedCommand, installedFolder } from '../../build/packaging/debian-files.ts'
import { makeDeb } from '../../build/packaging/make-deb.ts'
import { ordinaryUser, runPackaged } from '../../build/packaging/run-packaged.ts'
import { smokeTestTimeoutMs } from '../../build/packaging/smoke-test-elsewhere.ts'
import { windowLibraries } from '../../build/runtime/window-libraries.ts'
import { runCommand } from '../../native-worker/files/run-command.ts'
import { builtPackage, smokeTestParts } from '../helpers/built-package.ts'
import { runFlawsmith } from '../helpers/run-flawsmith.ts'

/** Why these tests cannot run on this machine, or null. */
async function obstacle(): Promise<string | null> {
  if ((await runCommand('dpkg', ['--version'])).code !== 0) return 'there is no dpkg'
  if (process.getuid?.() !== 0) return 'only root may install packages'
  if (existsSync(installedFolder)) return 'Flawsmith is installed here, and stays as it is'
  return null
}

const refused = await obstacle()
if (refused !== null) process.stderr.write(`Debian package not tried: ${refused}.\n`)
const { name } = refused === null ? builtPackage() : { name: '' }
/** Chromium's sandbox makes a process tree of its own, which some containers forbid. */
const canSandbox = (await runCommand('unshare', ['--pid', '--net', '--fork', 'true'])).code === 0

async function run(command: string, ...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await runCommand(command, args)
  expect(code, `${command} ${args.join(' ')}: ${stderr}`).toBe(0)
  return stdout
}

/** Every Debian package that these lead to by their dependencies, themselves included, as installed here. */
async function dependencyClosure(names: readonly string[]): Promise<ReadonlySet<string>> {
  const table = await run('dpkg-query', '-W', '-f', '${Package}|${Provides}|${Pre-Depends},${Depends}\\n')
  const bare = (text: string): readonly string[] =>
    text.split(/[,|]/).flatMap((part) => /^\s*([a-z0-9.+-]+)/.exec(part)?.[1] ?? [])
  const depends = new Map<string, readonly string[]>()
  const provider = new Map<string, string>()
  for (const line of table.trim().split('\n')) {
    const [own = '', provides = '', ...rest] = line.split('|')
    depends.set(own, bare(rest.join('|')))
    for (const provided of [own, ...bare(provides)]) provider.set(provided, own)
  }
  const found = new Set<string>()
  const visit = (wanted: string): void => {
    const own = provider.get(wanted)
    if (own === undefined || found.has(own)) return
    found.add(own)
    for (const next of depends.get(own) ?? []) visit(next)
  }
  for (const each of names) visit(each)
  return found
}

describe.runIf(refused === null)('the Debian package', () => {
  const home = refused === null ? mkdtempSync(join(tmpdir(), 'flawsmith-kept-')) : ''
  const kept = join(home, 'job')

  beforeAll(async () => {
    const deb = await makeDeb(builtPackage())
    await run('dpkg', '--install', deb)
    // Whoever starts the app writes here.
    mkdirSync(kept)
    chmodSync(home, 0o755)
    if (canSandbox) chownSync(kept, ordinaryUser, ordinaryUser)
  }, 240_000)

  afterAll(async () => {
    if (existsSync(installedFolder)) await run('dpkg', '--purge', name)
    rmSync(home, { recursive: true, force: true })
  }, 60_000)

  const desktopCommand = (): string => /^Exec=(\S+)$/m.exec(readFileSync(desktopEntryFile, 'utf8'))?.[1] ?? ''

  it('names all that its programs and native modules link', async () => {
    const linking = (await readdir(installedFolder, { recursive: true })).filter((path) =>
      /^(flawsmith|chrome_crashpad_handler|.*\/node\/node|.*\.node)$/.test(path),
    )
    expect(linking.length).toBeGreaterThan(4)
    const linked = await run('ldd', ...linking.map((path) => join(installedFolder, path)))
    const libraries = [...new Set(linked.split('\n'))]
      .flatMap((line) => /=> (\/\S+)/.exec(line)?.[1] ?? [])
      .filter((path) => !path.startsWith(installedFolder))
    expect(libraries.length).toBeGreaterThan(20)
    // By name alone: the folder depends on whether /lib is a link here.
    const listed = await run('dpkg-query', '--listfiles', ...(await dependencyClosure(windowLibraries)))
    const given = new Set(listed.split('\n').map((path) => basename(path)))
    expect(libraries.filter((path) => !given.has(basename(path)))).toEqual([])
  }, 60_000)

  it('does a whole job from its desktop entry', async () => {
    const { code, stdout, stderr } = await runPackaged(desktopCommand(), [`--smoke-test=${kept}`], {
      timeoutMs: smokeTestTimeoutMs,
      asOrdinaryUser: canSandbox,
    })
    expect(code, `${stdout}${stderr}`).toBe(0)
    const lines = stdout.trim().split('\n')
    expect(lines.slice(1).map((line) => line.split(':')[0])).toEqual([...smokeTestParts, 'ok'])
  }, 400_000)

  it.runIf(canSandbox)(
    'starts once: a second start ends at once and leaves the first alone',
    async () => {
      // It ends whatever it started: nothing outlives a test that fails.
      const script = [
        'alive() { kill -0 "$1" 2>/dev/null; }',
        'waits() { tries=$((tries + 1)); [ $tries -lt 300 ] && /bin/sleep 0.1; }',
        `${desktopCommand()} & first=$!`,
        // Chromium's own lock of the data folder: the start that makes it is the first.
        'tries=0; until [ -L "$HOME/.config/Flawsmith/SingletonLock" ]; do waits || break; done',
        `${desktopCommand()} & second=$!`,
        'tries=0; while alive $second; do waits || { echo "second stays"; kill $second; break; }; done',
        'wait $second; echo "second ended with $?"',
        'alive $first && echo "first lives"; kill $first; wait $first',
      ].join('\n')
      const { stdout, stderr } = await runPackaged('/bin/sh', ['-c', script], {
        timeoutMs: 100_000,
        asOrdinaryUser: true,
      })
      expect(stdout.trim().split('\n'), stderr).toEqual(['second ended with 0', 'first lives'])
    },
    120_000,
  )

  it('is removed without a trace in the system, and the project stays', async () => {
    await run('dpkg', '--purge', name)
    expect([installedFolder, desktopEntryFile, iconFile, installedCommand].filter((path) => existsSync(path))).toEqual(
      [],
    )
    const dataFolder = join(home, 'data')
    const { code, stdout } = await runFlawsmith(['verify', join(kept, 'project')], { dataFolder })
    expect(code, stdout).toBe(0)
  }, 120_000)
})
