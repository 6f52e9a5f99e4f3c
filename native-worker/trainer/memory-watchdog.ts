import { readFileSync } from 'node:fs'
import { freemem, totalmem } from 'node:os'
import { FlawsmithError } from '../../contract/errors.ts'

const checkEveryMs = 5000
const leastBytes = 300 * 2 ** 20
const leastShare = 0.03

export interface MemoryShortage {
  readonly freeBytes: number
  readonly leastFreeBytes: number
  /** Resident memory of this process. */
  readonly usedBytes: number
}

/** Looks every five seconds how much memory is left, so that a run can end before the machine swaps. */
export class MemoryWatchdog {
  readonly #leastFreeBytes: number
  #checkedAt = Number.NEGATIVE_INFINITY
  #shortage: MemoryShortage | null = null

  constructor(leastFreeBytes = defaultLeastFreeBytes()) {
    this.#leastFreeBytes = leastFreeBytes
  }

  /** What is wrong, as of the last look; null while all is well. */
  check(nowMs = performance.now()): MemoryShortage | null {
    if (nowMs - this.#checkedAt < checkEveryMs) return this.#shortage
    this.#checkedAt = nowMs
    const usedBytes = process.memoryUsage.rss()
    const freeBytes = availableBytes(usedBytes)
    const leastFreeBytes = this.#leastFreeBytes
    this.#shortage = freeBytes < leastFreeBytes ? { freeBytes, leastFreeBytes, usedBytes } : null
    return this.#shortage
  }
}

export function outOfMemory(
  { freeBytes, leastFreeBytes, usedBytes }: MemoryShortage,
  { step }: { step: number },
): FlawsmithError {
  const [free, least, used] = [freeBytes, leastFreeBytes, usedBytes].map((bytes) => Math.round(bytes / 2 ** 20))
  return new FlawsmithError(
    'out_of_memory',
    `Training stopped at step ${step}: ${free} MB of memory were left, less than the ${least} MB the system needs (training used ${used} MB). A checkpoint was written: close other programs and resume, or start a run with a smaller batch.`,
    { step, freeBytes, leastFreeBytes, usedBytes },
  )
}

/** 300 MB or 3 % of the memory there is, whichever is more. */
export const defaultLeastFreeBytes = (): number => Math.max(leastBytes, leastShare * memoryLimit())

/** What a container allows this process, else what the machine has. */
function memoryLimit(): number {
  const constrained = process.constrainedMemory()
  return constrained > 0 ? Math.min(constrained, totalmem()) : totalmem()
}

/** What is left for a process that uses this much already; infinite where the system does not tell. */
export function availableBytes(usedBytes: number): number {
  const limit = memoryLimit()
  const inContainer = limit < totalmem() ? limit - usedBytes : Number.POSITIVE_INFINITY
  return Math.min(systemAvailableBytes(), inContainer)
}

function systemAvailableBytes(): number {
  // Of macOS's free pages little can be said: it fills memory with caches it gives up on demand.
  if (process.platform === 'darwin') return Number.POSITIVE_INFINITY
  if (process.platform !== 'linux') return freemem()
  const kilobytes = /^MemAvailable:\s+(\d+) kB$/m.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1]
  return kilobytes === undefined ? freemem() : Number(kilobytes) * 1024
}
