import { windowLibraries } from '../runtime/window-libraries.ts'

/** Below it the whole unpacked app, as it was tried. */
export const installedFolder = '/usr/lib/flawsmith'
export const installedCommand = '/usr/bin/flawsmith'
export const iconFile = '/usr/share/icons/hicolor/scalable/apps/flawsmith.svg'
export const desktopEntryFile = '/usr/share/applications/flawsmith.desktop'

const architectures: Readonly<Partial<Record<string, string>>> = { x64: 'amd64', arm64: 'arm64', arm: 'armhf' }

/** The Debian name of a processor; throws for one that Electron is not made for. */
export function debianArchitecture(arch: string): string {
  const name = architectures[arch]
  if (name === undefined) throw new Error(`There is no Debian package for ${arch}.`)
  return name
}

/** A pre-release sorts before its release, also for dpkg; hyphens there would end the version. */
export const debianVersion = (version: string): string => version.replace('-', '~').replaceAll('-', '.')

export const debianControl = ({
  name,
  version,
  arch,
  installedBytes,
}: {
  readonly name: string
  readonly version: string
  readonly arch: string
  readonly installedBytes: number
}): string => `Package: ${name}
Version: ${debianVersion(version)}
Section: science
Priority: optional
Architecture: ${debianArchitecture(arch)}
Maintainer: Flawsmith
Installed-Size: ${Math.ceil(installedBytes / 1024)}
Depends: ${windowLibraries.join(', ')}
Recommends: xdg-utils
Description: balanced defect classes for inspection lines
 Learns rare defect classes from the images at hand, draws synthetic ones, lets
 an inspector accept or reject every single one, and writes balanced class
 folders with an audit trail. Offline.
`

export const desktopEntry = `[Desktop Entry]
Type=Application
Name=Flawsmith
Comment=Balanced defect classes for inspection lines
Comment[zh_CN]=为检测产线配平缺陷类别
Exec=${installedCommand}
Icon=flawsmith
Terminal=false
StartupNotify=true
StartupWMClass=Flawsmith
Categories=Science;Graphics;
`

export const copyright = `Flawsmith may be used under its licence only.

It carries, each with its licence beside it:
 Electron and Chromium  ${installedFolder}/LICENSE.electron.txt and LICENSES.chromium.html
 Node                   ${installedFolder}/resources/node/LICENSE
 packages of npm        in the folder of each, in ${installedFolder}/resources
`
