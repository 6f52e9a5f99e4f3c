import type { EngineObstacle } from '../../../../contract/engines.ts'
import { vulkanDrivers } from './vulkan-drivers.ts'

const loader = 'libvulkan.so.1'

interface VulkanObstacle {
  readonly obstacle: EngineObstacle
  readonly why: string
}

/** What keeps Vulkan from having a card on Linux: no loader, or no maker's driver; null where both are there. */
export function findVulkanObstacle(): VulkanObstacle | null {
  if (!canOpen(loader)) {
    return {
      obstacle: 'no_vulkan_loader',
      why: `Vulkan is not installed (${loader} is missing); install libvulkan1 and the driver of the card's maker`,
    }
  }
  if (vulkanDrivers().length === 0) {
    return {
      obstacle: 'no_vulkan_driver',
      why: "Vulkan has no driver here; install the one of the card's maker, Vulkan included",
    }
  }
  return null
}

/** As Dawn looks for it: by the system's own rules. */
function canOpen(library: string): boolean {
  try {
    process.dlopen({ exports: {} }, library)
    return true
  } catch (thrown) {
    // It is found and opened, and then it is no addon.
    return thrown instanceof Error && !thrown.message.includes('cannot open shared object file')
  }
}
