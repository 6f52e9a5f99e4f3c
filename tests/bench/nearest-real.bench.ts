import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { highPass, toPlane } from '../../native-worker/metrics/high-pass.ts'
import { RandomStream } from '../../native-worker/random/random-stream.ts'
import { NearestReal } from '../../native-worker/trainer/embedding/nearest-real.ts'
import { loadWasmEngine } from '../../native-worker/trainer/engines/wasm/load-wasm-engine.ts'
import { printBenchLine } from '../helpers/bench-line.ts'
import { drawSurface, drawView, takePicture } from '../helpers/draw-parts.ts'

/*
 * The nearest real picture of every candidate, 64 px, over mirrorings and shifts of up to 4 pixels, from bytes to the nearest: candidates a
 * second, beside NumPy, which multiplies every shift of every picture. How many of the nearest agree, and how much nearer NumPy's are
 * where they do not, stand in a line of their own. `npm run bench nearest-real 10000 2000`; the default is a hundredth of it.
 */

const edge = 64
const reach = 4
const [candidateCount = 1000, realCount = 200] = process.argv
  .slice(2)
  .map(Number)
  .filter((count) => count > 0)

/** Pictures of parts of one kind; every tenth candidate shows a real part again. */
function draw(count: number, { from, random }: { from: (index: number) => number; random: RandomStream }): Uint8Array {
  const pixels = new Uint8Array(count * edge * edge)
  for (let index = 0; index < count; index++) {
    const surface = drawSurface('grain', { seed: 2, part: from(index) })
    pixels.set(takePicture(surface, drawView(random, { turns: false })), index * edge * edge)
  }
  return pixels
}

const random = RandomStream.fromSeed(5, 'nearest real')
const real = draw(realCount, { from: (index) => index, random })
const candidates = draw(candidateCount, {
  from: (index) => (index % 10 === 0 ? index % realCount : 100_000 + index),
  random,
})

const planes = (pixels: Uint8Array) =>
  Array.from({ length: pixels.length / (edge * edge) }, (_, index) => ({
    plane: highPass(
      toPlane(pixels.subarray(index * edge * edge, (index + 1) * edge * edge), { size: edge, channels: 1 }),
    ),
    group: null,
  }))

const engine = await loadWasmEngine()
const began = performance.now()
const search = new NearestReal(engine, planes(real))
const found = search.find(planes(candidates))
const seconds = (performance.now() - began) / 1000
search.dispose()

const folder = mkdtempSync(join(tmpdir(), 'flawsmith-bench-'))
const files = [join(folder, 'real.bin'), join(folder, 'candidates.bin')] as const
writeFileSync(files[0], real)
writeFileSync(files[1], candidates)
const peer = spawnSync(
  'python3',
  [join(import.meta.dirname, 'peers/nearest_real.py'), ...files, `${edge}`, `${reach}`],
  {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  },
)
rmSync(folder, { recursive: true })
if (peer.status !== 0) {
  process.stdout.write(`${JSON.stringify({ bench: 'nearest-real', seconds, peer: 'NumPy is not installed' })}\n`)
} else {
  const answer = JSON.parse(peer.stdout) as { seconds: number; nearest: number[]; best: number[] }
  printBenchLine({
    bench: `nearest-real ${candidateCount} × ${realCount}`,
    ours: candidateCount / seconds,
    peer: candidateCount / answer.seconds,
    peerName: 'NumPy, matrix products of all shifts',
    unit: 'candidates/s',
  })
  const same = found.filter(({ index }, at) => index === answer.nearest[at]).length
  const farther = found.map(({ distance }, at) => distance - Math.sqrt(2 - 2 * (answer.best[at] ?? 0)))
  process.stdout.write(
    `${JSON.stringify({
      ...{ bench: 'nearest-real agreement', share: same / candidateCount, seconds, peerSeconds: answer.seconds },
      farthestOff: Number(Math.max(...farther).toFixed(4)),
    })}\n`,
  )
}
process.exit(0)
