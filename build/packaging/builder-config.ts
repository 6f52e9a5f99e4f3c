import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Configuration } from 'electron-builder'
import { fuses } from './fuses.ts'

interface PackagingOptions {
  /** Folder of the unpacked Electron to ship. */
  readonly electronDist: string
  readonly electronVersion: string
  /** From findComputePackages. */
  readonly computePackages: readonly string[]
  /** Folder of the pinned Node's package. */
  readonly nodePackage: string
}

/** What electron-builder does; installers are only made on a connected build machine, the folder anywhere. */
export function builderConfig(options: PackagingOptions): Configuration {
  const { electronDist, electronVersion, computePackages, nodePackage } = options
  const isWindows = process.platform === 'win32'
  const node = isWindows ? 'node.exe' : 'node'
  return {
    appId: 'com.flawsmith.app',
    productName: 'Flawsmith',
    executableName: 'flawsmith',
    directories: { output: 'dist', buildResources: 'build/packaging/resources' },
    electronDist,
    electronVersion,
    // The development runtime's default app; the packaged one starts from its archive only.
    afterExtract: ({ appOutDir }) => rm(join(appOutDir, 'resources/app'), { recursive: true, force: true }),
    // The binaries of better-sqlite3 and sharp are Node-API: one fits every Electron.
    npmRebuild: false,
    files: [
      'out/**',
      '!out/built.json',
      'package.json',
      // Compiled into the native engine when a user installs it.
      'native-worker/trainer/engines/tensorflow/installation/operations/**',
      '!node_modules/node-{linux,win,darwin}-*/**',
      '!node_modules/better-sqlite3/{deps,src}/**',
      '!**/*.{map,md,ts,mts,cts}',
      '!node_modules/**/{test,tests,__tests__,demo,examples}/**',
    ],
    asar: true,
    asarUnpack: [
      // Compute children and the chunks they share with the other bundles.
      'out/main/{trainer,images}.js',
      'out/main/*-*.{js,wasm}',
      ...computePackages.map((folder) => `${folder}/**`),
      'native-worker/trainer/engines/tensorflow/installation/operations/**',
      '**/*.node',
    ],
    extraResources: [
      { from: `${nodePackage}/${isWindows ? '' : 'bin/'}${node}`, to: `node/${node}` },
      { from: `${nodePackage}/LICENSE`, to: 'node/LICENSE' },
    ],
    electronFuses: fuses,
    linux: {
      target: ['AppImage', 'deb'],
      category: 'Graphics',
      maintainer: 'Flawsmith',
      synopsis: 'Balanced defect classes',
    },
    deb: {
      depends: [
        'libgtk-3-0',
        'libnss3',
        'libasound2',
        'libgbm1',
        'libxss1',
        'libatk-bridge2.0-0',
        'libdrm2',
        'libxkbcommon0',
      ],
    },
    win: { target: ['nsis'] },
    nsis: { oneClick: false, allowToChangeInstallationDirectory: true, perMachine: false },
    mac: { target: ['dmg'], category: 'public.app-category.developer-tools' },
    publish: null,
  }
}
