import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import versions from 'electron-to-chromium/versions.json' with { type: 'json' }
import type { ElectronVersions } from './probe-electron.ts'

/** What the bundles are compiled for, in the bundler's words: the runtime that will run them, and nothing older. */
export interface BundleTarget {
  readonly node: string
  readonly chrome: string
}

const chromiumOf: Readonly<Partial<Record<string, string>>> = versions
const variable = 'FLAWSMITH_BUNDLE_TARGET'

export function targetOf({ node, chrome }: Pick<ElectronVersions, 'node' | 'chrome'>): BundleTarget {
  const [major, minor] = node.split('.')
  return { node: `node${major}.${minor}`, chrome: `chrome${chrome.split('.')[0]}` }
}

/** As the bundler's own process is told. */
export const targetEnvironment = ({ node, chrome }: BundleTarget): NodeJS.ProcessEnv => ({
  [variable]: `${node} ${chrome}`,
})

/** The runtime that the bundler was told of, or the Electron that package.json declares. */
export function wantedTarget(root: string): BundleTarget {
  const [node, chrome] = (process.env[variable] ?? '').split(' ')
  return node === undefined || chrome === undefined ? declaredTarget(root) : { node, chrome }
}

interface ElectronManifest {
  readonly version: string
  readonly dependencies: { readonly '@types/node': string }
}

/** Known without the binary: Chromium's version by the table of Electron's releases, Node's by the types electron depends on. */
export function declaredTarget(root: string): BundleTarget {
  const file = join(root, 'node_modules/electron/package.json')
  const { version, dependencies } = JSON.parse(readFileSync(file, 'utf8')) as ElectronManifest
  const chrome = chromiumOf[version.split('.').slice(0, 2).join('.')]
  const node = /\d+/.exec(dependencies['@types/node'])?.[0]
  if (chrome === undefined || node === undefined) {
    throw new Error(`Electron ${version} is not in the table of electron-to-chromium: update that package.`)
  }
  return { node: `node${node}`, chrome: `chrome${chrome}` }
}
