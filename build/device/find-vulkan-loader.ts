import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { runCommand } from '../../native-worker/files/run-command.ts'
import { resolveRuntime } from '../runtime/resolve-runtime.ts'

const loader = 'libvulkan.so.1'

/** The system's Vulkan loader, else the one that lies beside Electron; null where neither is. */
export async function findVulkanLoader(): Promise<string | null> {
  const { stdout } = await runCommand('/sbin/ldconfig', ['-p'])
  const installed = /libvulkan\.so\.1 \(libc6,x86-64\) => (.+)/.exec(stdout)?.[1]
  if (installed !== undefined && existsSync(installed)) return installed
  const { electronPath } = await resolveRuntime({ quiet: true })
  const beside = join(dirname(electronPath), loader)
  return existsSync(beside) ? beside : null
}
