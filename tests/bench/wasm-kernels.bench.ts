import type { Rank } from '@tensorflow/tfjs'
import { loadWasmEngine } from '../../native-worker/trainer/engines/wasm/load-wasm-engine.ts'
import { median } from '../helpers/bench-line.ts'

/* The convolutions of a 64-pixel DCGAN (batch 16, width 64) on the wasm engine, in GFLOP/s: one JSON line each. */

const { tf, arithmetic } = await loadWasmEngine()
const batch = 16
const kernel = 4
const stride = 2
const rounds = 15

for (const [size, from, to] of [
  [64, 3, 64],
  [32, 64, 128],
  [16, 128, 256],
  [8, 256, 512],
] as const) {
  const out = size / stride
  const input = tf.randomNormal<Rank.R4>([batch, size, size, from])
  const filter = tf.randomNormal<Rank.R4>([kernel, kernel, from, to])
  const gradient = tf.randomNormal<Rank.R4>([batch, out, out, to])
  const geometry = { stride, padding: 'same' } as const
  const operations = {
    forward: () => arithmetic.convolve(input, filter, geometry),
    inputGradient: () => arithmetic.convolveInputGradient(gradient, filter, { ...geometry, inputShape: input.shape }),
    filterGradient: () =>
      arithmetic.convolveFilterGradient(input, gradient, { ...geometry, filterShape: filter.shape }),
  }
  for (const [operation, run] of Object.entries(operations)) {
    const times = Array.from({ length: rounds }, () => {
      const start = performance.now()
      run().dispose()
      return performance.now() - start
    })
    const flop = 2 * batch * out * out * to * kernel * kernel * from
    const layer = `${size} px, ${from} to ${to}`
    process.stdout.write(
      `${JSON.stringify({ bench: 'wasm-kernels', layer, operation, gflops: Number((flop / median(times) / 1e6).toFixed(1)) })}\n`,
    )
  }
}
