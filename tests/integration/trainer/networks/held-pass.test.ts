import type { Tensor, Tensor2D } from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { loadEngine } from '../../../../native-worker/trainer/engines/load-engine.ts'
import { holdPass } from '../../../../native-worker/trainer/networks/held-pass.ts'
import { leakyRelu } from '../../../../native-worker/trainer/networks/twice-differentiable.ts'
import { testCacheFolder } from '../engines-to-test.ts'

test('the way back gives what going there and back at once gives, though others have learned in between', async () => {
  const engine = await loadEngine('wasm', { cacheFolder: testCacheFolder })
  const { tf } = engine
  const weights = tf.tensor2d([0.5, -1, 2, 0.25], [2, 2])
  const input = tf.tensor2d([1, -2, 3, 4], [2, 2])
  const outputGradient = tf.tensor2d([1, 2, -1, 0.5], [2, 2])
  const forward = (given: Tensor): Tensor2D => leakyRelu(engine, tf.matMul(input, given as Tensor2D))
  const expected = [...tf.grad(forward)(weights, outputGradient).dataSync()]
  const before = tf.memory().numTensors

  const found = tf.tidy(() => {
    const { output, backward } = holdPass(tf, [weights], () => forward(weights))
    const other = tf.grad((x) => tf.sum(tf.square(x)))(output)
    expect([...other.dataSync()]).toEqual([...tf.mul(output, 2).dataSync()])
    return [...(backward(outputGradient)[0]?.dataSync() ?? [])]
  })

  expect(found).toEqual(expected)
  expect(tf.memory().numTensors).toBe(before)
})
