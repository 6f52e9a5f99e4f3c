import { join } from 'node:path'

export interface PackagedApp {
  /** The unpacked app: what installers install. */
  readonly folder: string
  readonly executable: string
  readonly resources: string
  /** The file, or on macOS the bundle, that holds the fuses. */
  readonly fuses: string
}

/** Where electron-builder leaves the unpacked app of this system in its output folder. */
export function packagedApp(output: string): PackagedApp {
  const arch = process.arch === 'x64' ? '' : `${process.arch}-`
  switch (process.platform) {
    case 'win32':
      return appIn(join(output, `win-${arch}unpacked`), { executable: 'flawsmith.exe', resources: 'resources' })
    case 'darwin':
      return appIn(join(output, process.arch === 'x64' ? 'mac' : `mac-${process.arch}`, 'Flawsmith.app'), {
        executable: 'Contents/MacOS/flawsmith',
        resources: 'Contents/Resources',
      })
    default:
      return appIn(join(output, `linux-${arch}unpacked`), { executable: 'flawsmith', resources: 'resources' })
  }
}

/** The same app in another folder. */
export const movedApp = (app: PackagedApp, folder: string): PackagedApp =>
  appIn(folder, {
    executable: app.executable.slice(app.folder.length + 1),
    resources: app.resources.slice(app.folder.length + 1),
  })

const appIn = (
  folder: string,
  { executable, resources }: Pick<PackagedApp, 'executable' | 'resources'>,
): PackagedApp => ({
  folder,
  fuses: folder.endsWith('.app') ? folder : join(folder, executable),
  executable: join(folder, executable),
  resources: join(folder, resources),
})
