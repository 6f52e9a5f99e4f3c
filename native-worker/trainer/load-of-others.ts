import { cpus } from 'node:os'

/** Milliseconds of processor time since some moment in the past. */
export interface ProcessorTimes {
  /** All processors, whatever they did. */
  readonly all: number
  /** Of these, not idle. */
  readonly busy: number
  /** Of these, this process with all its threads. */
  readonly own: number
}

export function readProcessorTimes(): ProcessorTimes {
  const times = cpus().map((processor) => processor.times)
  const sum = (of: (each: (typeof times)[number]) => number): number =>
    times.reduce((total, each) => total + of(each), 0)
  const busy = sum(({ user, nice, sys, irq }) => user + nice + sys + irq)
  const { user, system } = process.cpuUsage()
  return { busy, all: busy + sum(({ idle }) => idle), own: (user + system) / 1000 }
}

/** Share of all processors, 0 to 1, that other programs had in between; 0 where the system tells nothing. */
export function loadOfOthers(before: ProcessorTimes, after: ProcessorTimes): number {
  const all = after.all - before.all
  if (!(all > 0)) return 0
  const others = after.busy - before.busy - (after.own - before.own)
  return Math.min(1, Math.max(0, others / all))
}
