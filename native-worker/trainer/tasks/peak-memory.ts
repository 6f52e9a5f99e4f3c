import { readFileSync } from 'node:fs'

/** Largest resident memory this process has had so far. */
export function peakMemoryBytes(): number {
  // On Linux the usage counter of a new process starts at its parent's peak; the memory map has its own.
  const kilobytes = process.platform === 'linux' ? highWaterMark() : undefined
  return 1024 * (kilobytes ?? process.resourceUsage().maxRSS)
}

function highWaterMark(): number | undefined {
  const found = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]
  return found === undefined ? undefined : Number(found)
}
