import { cpus, totalmem } from 'node:os'

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? (sorted[middle] ?? NaN) : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2
}

interface BenchFigures {
  readonly bench: string
  /** Medians, both in `unit`. */
  readonly ours: number
  readonly peer: number
  readonly peerName: string
  /** A rate: higher is better. */
  readonly unit: string
}

/** One JSON line on standard output; `ratio` is ours divided by the peer's. */
export function printBenchLine({ bench, ours, peer, peerName, unit }: BenchFigures): void {
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB`
  const round = (value: number): number => Number(value.toPrecision(4))
  const line = { bench, ours: round(ours), peer: round(peer), ratio: round(ours / peer), unit, peerName, machine }
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

/** Runs both in turn, so that a busy moment hits both; gives their median rates per second for `count` items. */
export async function compareRates(
  { rounds, count }: { readonly rounds: number; readonly count: number },
  { ours, peer }: { readonly ours: () => Promise<unknown>; readonly peer: () => Promise<unknown> },
): Promise<{ readonly ours: number; readonly peer: number }> {
  const seconds = async (work: () => Promise<unknown>): Promise<number> => {
    const start = performance.now()
    await work()
    return (performance.now() - start) / 1000
  }
  const times = { ours: [] as number[], peer: [] as number[] }
  for (let round = 0; round < rounds; round++) {
    times.ours.push(await seconds(ours))
    times.peer.push(await seconds(peer))
  }
  return { ours: count / median(times.ours), peer: count / median(times.peer) }
}
