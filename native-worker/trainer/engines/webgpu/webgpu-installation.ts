import { createRequire } from 'node:module'
import { vulkanDrivers } from './vulkan-drivers.ts'

/** What decides whether the engine can be there at all, found without loading it: changed, it is worth another probe. */
export function webgpuInstallation(): string {
  const drivers = process.platform === 'linux' ? vulkanDrivers() : []
  return JSON.stringify([versionOf('webgpu'), versionOf('@tensorflow/tfjs-backend-webgpu'), ...drivers])
}

function versionOf(name: string): string | null {
  const require = createRequire(import.meta.url)
  try {
    return (require(`${name}/package.json`) as { readonly version: string }).version
  } catch {
    // An optional part of the installation.
    return null
  }
}
