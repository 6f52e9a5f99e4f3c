import { setTimeout as pause } from 'node:timers/promises'
import { loadOfOthers, readProcessorTimes } from '../../trainer/load-of-others.ts'

/** Share of all processors from which on other programs make steps slower than they are. */
const busyFrom = 0.15
const lookMs = 400

export const isBusyShare = (share: number): boolean => share >= busyFrom

/** Looks for a moment at what other programs take. */
export async function isMachineQuiet(): Promise<boolean> {
  const before = readProcessorTimes()
  await pause(lookMs)
  return !isBusyShare(loadOfOthers(before, readProcessorTimes()))
}
