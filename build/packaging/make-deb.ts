import { chmod, copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { runCommand } from '../../native-worker/files/run-command.ts'
import {
  copyright,
  debianArchitecture,
  debianControl,
  debianVersion,
  desktopEntry,
  desktopEntryFile,
  iconFile,
  installedCommand,
  installedFolder,
} from './debian-files.ts'
import type { Package } from './make-package.ts'
import { measurePackage } from './measure-package.ts'

/**
 * Makes a Debian package of the unpacked app, beside it, with dpkg-deb alone: electron-builder's own target downloads its tool.
 * @returns path of the .deb file
 */
export async function makeDeb({ name, version, app }: Package): Promise<string> {
  const output = dirname(app.folder)
  // Beside the app: its files are linked, not copied.
  const root = await mkdtemp(join(output, 'deb-'))
  const place = (path: string): string => join(root, path)
  const write = async (path: string, text: string): Promise<void> => {
    await mkdir(dirname(place(path)), { recursive: true })
    await writeFile(place(path), text)
  }
  try {
    await chmod(root, 0o755)
    await mkdir(dirname(place(installedFolder)), { recursive: true })
    await run('cp', ['--archive', '--link', app.folder, place(installedFolder)])
    await ownSandbox({ from: app.folder, to: place(installedFolder) })
    await mkdir(dirname(place(installedCommand)), { recursive: true })
    await symlink(relative(dirname(installedCommand), `${installedFolder}/flawsmith`), place(installedCommand))
    await write(desktopEntryFile, desktopEntry)
    await mkdir(dirname(place(iconFile)), { recursive: true })
    await copyFile(join(import.meta.dirname, 'resources/icon.svg'), place(iconFile))
    await write(`/usr/share/doc/${name}/copyright`, copyright)
    const installedBytes = [...(await measurePackage(app)).values()].reduce((sum, size) => sum + size, 0)
    await write('/DEBIAN/control', debianControl({ name, version, arch: process.arch, installedBytes }))

    const deb = join(output, `${name}_${debianVersion(version)}_${debianArchitecture(process.arch)}.deb`)
    await run('dpkg-deb', ['-Zzstd', '--root-owner-group', '--build', root, deb])
    return deb
  } finally {
    await rm(root, { recursive: true, force: true })
  }
}

/** Chromium's sandbox helper works for everybody only when root owns it and it runs as root; the link's other end stays as it is. */
async function ownSandbox({ from, to }: { readonly from: string; readonly to: string }): Promise<void> {
  const helper = join(to, 'chrome-sandbox')
  await rm(helper)
  await copyFile(join(from, 'chrome-sandbox'), helper)
  await chmod(helper, 0o4755)
}

async function run(command: string, args: readonly string[]): Promise<void> {
  const { code, stdout, stderr } = await runCommand(command, args)
  if (code !== 0) throw new Error(`${command} failed (${code ?? 'not started'}): ${stderr.trim() || stdout.trim()}`)
}
