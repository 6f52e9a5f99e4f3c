import { copyFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Configuration } from 'electron-builder'
import { fuses } from './fuses.ts'
import { leftOut } from './left-out.ts'
import type { ShippedNode } from './shipped-node.ts'
import { windowLibraries } from '../runtime/window-libraries.ts'

interface PackagingOptions {
  /** From shippedVersion. */
  readonly version: string
  /** Where the packages go. */
  readonly output: string
  /** Folder of the unpacked Electron to ship. */
  readonly electronDist: string
  readonly electronVersion: string
  /** File names below out/main, from findComputeRoots. */
  readonly computeBundles: readonly string[]
  /** Folders of their packages, from findPackageFolders. */
  readonly computePackages: readonly string[]
  /** Takes the place of better-sqlite3's own binary where the Electron needs another. */
  readonly sqliteBinding: string | null
  /** The plain Node that runs the compute children. */
  readonly node: ShippedNode
}

const operations = 'native-worker/trainer/engines/tensorflow/installation/operations/**'

/** What electron-builder does; installers are only made on a connected build machine, the folder anywhere. */
export function builderConfig(options: PackagingOptions): Configuration {
  const { version, output, electronDist, electronVersion, computeBundles, computePackages, node } = options
  const nodeName = process.platform === 'win32' ? 'node.exe' : 'node'
  return {
    appId: 'com.flawsmith.app',
    productName: 'Flawsmith',
    executableName: 'flawsmith',
    artifactName: '${name}-${version}-${os}-${arch}.${ext}',
    extraMetadata: { version },
    directories: { output, buildResources: 'build/packaging/resources' },
    electronDist,
    electronVersion,
    electronLanguages: ['en-US', 'zh-CN', 'en', 'zh_CN'],
    // A development runtime's default app and record; the packaged app starts from its archive only.
    afterExtract: ({ appOutDir }) =>
      removeAll(appOutDir, ['resources/app', 'resources/default_app.asar', 'runtime.json']),
    afterPack: ({ appOutDir }) => replaceSqlite(appOutDir, options.sqliteBinding),
    // The binaries of better-sqlite3 and sharp are Node-API: one fits every Electron.
    npmRebuild: false,
    files: [
      'out/**',
      '!out/built.json',
      '!out/main/cli.js',
      'package.json',
      // Compiled into the native engine when a user installs it.
      operations,
      ...leftOut,
    ],
    asar: true,
    asarUnpack: [
      // Plain Node reads the children's bundles with what they load, and that they are modules.
      'package.json',
      ...computeBundles.map((name) => `out/main/${name}`),
      'out/main/*.wasm',
      'out/main/*.safetensors',
      ...computePackages.map((folder) => `${folder}/**`),
      operations,
      '**/*.node',
    ],
    extraResources: [
      { from: node.executable, to: `node/${nodeName}` },
      { from: node.license, to: 'node/LICENSE' },
      // The native engine is compiled against them when a user installs it.
      { from: node.headers, to: 'node/include/node', filter: ['{node_api,js_native_api}{,_types}.h'] },
    ],
    electronFuses: fuses,
    linux: {
      target: ['AppImage', 'deb'],
      category: 'Graphics',
      maintainer: 'Flawsmith',
      synopsis: 'Balanced defect classes',
    },
    deb: { depends: [...windowLibraries] },
    win: { target: ['nsis'] },
    nsis: { oneClick: false, allowToChangeInstallationDirectory: true, perMachine: false },
    mac: { target: ['dmg'], category: 'public.app-category.developer-tools' },
    publish: null,
  }
}

async function removeAll(folder: string, names: readonly string[]): Promise<void> {
  for (const name of names) await rm(join(folder, name), { recursive: true, force: true })
}

async function replaceSqlite(appFolder: string, binding: string | null): Promise<void> {
  if (binding === null) return
  const name = `${process.platform}-${process.arch}.node`
  await copyFile(binding, join(appFolder, 'resources/app.asar.unpacked/node_modules/better-sqlite3/prebuilds', name))
}
