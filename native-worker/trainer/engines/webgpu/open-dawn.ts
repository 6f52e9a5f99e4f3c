import { createRequire } from 'node:module'
import type { EngineObstacle } from '../../../../contract/engines.ts'
import type { ErrorDetails } from '../../../../contract/errors.ts'
import { FlawsmithError } from '../../../../contract/errors.ts'
import { findVulkanObstacle } from './find-vulkan-obstacle.ts'

/** What we use of WebGPU's objects; the package `webgpu` gives them to plain Node. */
interface Adapter {
  readonly info: {
    readonly vendor: string
    readonly architecture: string
    readonly device: string
    readonly description: string
    /** A card that is a program: SwiftShader, lavapipe, WARP. */
    readonly isFallbackAdapter: boolean
  }
}

interface Dawn {
  create(options: readonly string[]): { requestAdapter(options: object): Promise<Adapter | null> }
  readonly globals: object
}

/** Set, a card that is a program is taken as well: to try the engine where no card is. Never faster than `wasm`. */
const allowSoftware = 'FLAWSMITH_SOFTWARE_ADAPTER'

/**
 * Puts Dawn's WebGPU where a browser has it, `navigator.gpu` and the global classes, and names the card it will use.
 * @throws FlawsmithError `engine_unavailable` with what is missing
 */
export async function openDawn(): Promise<string> {
  const dawn = requireWebgpuPackage<Dawn>('webgpu')
  const gpu = dawn.create([])
  // As tfjs asks for it: this must be the card that it will get.
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' })
  if (adapter === null) {
    const vulkan = process.platform === 'linux' ? findVulkanObstacle() : null
    if (vulkan !== null) throw unavailable(vulkan.why, { obstacle: vulkan.obstacle })
    throw unavailable('no graphics card that WebGPU can use', { obstacle: 'no_graphics_card' })
  }
  const { vendor, architecture, device, description, isFallbackAdapter } = adapter.info
  const card = [vendor, architecture, device, description].filter((text) => text !== '').join(' ')
  if (isFallbackAdapter && process.env[allowSoftware] !== '1') {
    throw unavailable(`no graphics card: ${card} only computes on the processor, more slowly than wasm does`, {
      obstacle: 'software_card',
      card,
    })
  }
  Object.assign(globalThis, dawn.globals)
  Object.defineProperty(globalThis.navigator, 'gpu', { value: gpu, configurable: true })
  return card
}

/** @throws FlawsmithError `engine_unavailable` where it is not installed, or has no binary that loads here */
export function requireWebgpuPackage<Module>(name: string): Module {
  const require = createRequire(import.meta.url)
  try {
    require.resolve(name)
  } catch (cause) {
    const why = `not part of this installation (the package ${name} is missing)`
    throw unavailable(why, { obstacle: 'missing_package', package: name }, cause)
  }
  try {
    return require(name) as Module
  } catch (cause) {
    const reason = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause)
    const why = `the package ${name} does not load on this system: ${reason}`
    throw unavailable(why, { obstacle: 'package_does_not_load', package: name, reason }, cause)
  }
}

const unavailable = (
  why: string,
  details: ErrorDetails & { readonly obstacle: EngineObstacle },
  cause?: unknown,
): FlawsmithError => new FlawsmithError('engine_unavailable', why, { engine: 'webgpu', ...details }, { cause })
