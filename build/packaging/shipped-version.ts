import type { Runtime } from '../runtime/resolve-runtime.ts'

/**
 * The version a package carries in its name, in its own manifest and so in everything that shows one. It says when the
 * Electron inside is not the declared one: such a package sorts before the release, and nobody takes it for one.
 */
export const shippedVersion = (
  appVersion: string,
  { isDeclared, version }: Pick<Runtime, 'isDeclared' | 'version'>,
): string => (isDeclared ? appVersion : `${appVersion}-fallback-electron-${version}`)
