import { createHash } from 'node:crypto'
import { readFileSync, readlinkSync } from 'node:fs'
import { hostname, networkInterfaces } from 'node:os'
import * as v from 'valibot'

/** A process told apart from every other one on every machine, as far as its system can say. */
export const ProcessIdentity = v.object({
  /** Of the machine: equal only on the same one. */
  host: v.string(),
  /** Of the machine's start and the space its process ids count in; null where the system tells neither. */
  boot: v.nullable(v.string()),
  pid: v.number(),
  /** When it began, in the system's own count; null where the system does not tell. */
  started: v.nullable(v.string()),
})
export type ProcessIdentity = v.InferOutput<typeof ProcessIdentity>

/** Machines cloned from one image share their machine id, so name and network cards belong to it. */
export function identifyThisProcess(): ProcessIdentity {
  const cards = Object.values(networkInterfaces()).flatMap((addresses = []) => addresses)
  const macs = new Set(cards.filter(({ internal }) => !internal).map(({ mac }) => mac))
  const parts = [hostname(), read('/etc/machine-id') ?? '', ...[...macs].sort()]
  return {
    host: createHash('sha256').update(JSON.stringify(parts)).digest('hex'),
    boot: bootOf(),
    pid: process.pid,
    started: startOf(process.pid),
  }
}

/**
 * Whether a process has ended for certain: only about this machine can that be said, and where it was started again or
 * another process has the id since. False also means "nobody knows".
 */
export function hasEnded(other: ProcessIdentity, me: ProcessIdentity): boolean {
  if (other.host !== me.host) return false
  if (other.boot !== me.boot) return wasStartedAgain(other.boot, me.boot)
  if (!isAlive(other.pid)) return true
  const started = startOf(other.pid)
  return started !== null && other.started !== null && started !== other.started
}

/** The kernel's id of this start, and the process namespace: in another container the same id is another process. */
function bootOf(): string | null {
  const boot = read('/proc/sys/kernel/random/boot_id')
  if (boot === null) return null
  try {
    return `${boot} ${readlinkSync('/proc/self/ns/pid')}`
  } catch {
    return null
  }
}

/** Not only another container of the same start. */
const wasStartedAgain = (before: string | null, now: string | null): boolean =>
  before !== null && now !== null && before.split(' ')[0] !== now.split(' ')[0]

/** Ticks since the machine started: field 22 of proc(5), the 20th after the name, which may hold anything. */
const startOf = (pid: number): string | null => {
  const stat = read(`/proc/${pid}/stat`)
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (thrown) {
    // EPERM: it lives and belongs to someone else.
    return (thrown as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    // Not this system's way of telling.
    return null
  }
}
