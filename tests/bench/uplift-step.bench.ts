import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { RandomStream } from '../../native-worker/random/random-stream.ts'
import { paceOf } from '../../native-worker/service/uplift/uplift-scales.ts'
import { loadWasmEngine } from '../../native-worker/trainer/engines/wasm/load-wasm-engine.ts'
import { trainUpliftClassifier } from '../../native-worker/trainer/uplift/train-uplift-classifier.ts'
import { median } from '../helpers/bench-line.ts'

/*
 * Milliseconds of an update of the classifier that measures what helps, at the scale of the quick and of the full measurement: ours, with
 * the drawing and augmenting of its 24 images, and PyTorch's step for the same network and a batch that is ready. In turn, five rounds
 * of twenty. FLAWSMITH_PEER_PYTHON names a Python with torch; without it `peerMs` is null.
 */

const [channels, batch, classCount, steps, rounds] = [1, 24, 4, 20, 5] as const
const engine = await loadWasmEngine()
const python = process.env['FLAWSMITH_PEER_PYTHON']

function timeOurs({ edge, widths }: { readonly edge: number; readonly widths: readonly number[] }): readonly number[] {
  const random = RandomStream.fromSeed(1, 'uplift bench')
  const image = Uint8Array.from({ length: edge * edge }, () => random.integer(256))
  const times: number[] = []
  let began = performance.now()
  const net = trainUpliftClassifier(
    { classCount, size: edge, channels, labels: [0, 1, 2, 3], draw: () => image },
    {
      ...{ engine, widths, updates: steps + 5, seed: 1 },
      onUpdate: () => {
        times.push(performance.now() - began)
        began = performance.now()
      },
    },
  )
  net.dispose()
  return times.slice(5)
}

function timePeer({ edge, widths }: { readonly edge: number; readonly widths: readonly number[] }): readonly number[] {
  if (python === undefined) return []
  const script = join(import.meta.dirname, 'peers/torch_uplift_step.py')
  const shape = [edge, channels, batch, classCount, steps, ...widths].map(String)
  const { status, stdout } = spawnSync(python, [script, ...shape], { encoding: 'utf8' })
  return status === 0 ? (JSON.parse(stdout) as number[]) : []
}

for (const mode of ['quick', 'full'] as const) {
  const { scale } = paceOf({ mode })
  const ours: number[] = []
  const peer: number[] = []
  for (let round = 0; round < rounds; round++) {
    ours.push(...timeOurs(scale))
    peer.push(...timePeer(scale))
  }
  const [oursMs, peerMs] = [median(ours), peer.length === 0 ? null : median(peer)]
  process.stdout.write(
    `${JSON.stringify({
      ...{ bench: `uplift-step ${mode}`, edge: scale.edge, batch, engine: 'wasm', oursMs, peerMs },
      ratio: peerMs === null ? null : Number((oursMs / peerMs).toFixed(2)),
    })}\n`,
  )
}
process.exit(0)
