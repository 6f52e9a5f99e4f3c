import { createRequire } from 'node:module'
import { composeArithmetic } from '../composed-arithmetic.ts'
import type { Engine, TensorFlow } from '../engine.ts'
import { KeptParameter } from '../kept-parameter.ts'

/** Plain JavaScript: for tests of tiny networks, some hundred times slower than the others. */
export async function loadCpuEngine(): Promise<Engine> {
  const tf = createRequire(import.meta.url)('@tensorflow/tfjs') as TensorFlow
  await tf.setBackend('cpu')
  await tf.ready()
  return {
    name: 'cpu',
    tf,
    arithmetic: composeArithmetic(tf),
    versions: { tfjs: tf.version.tfjs, node: process.versions.node },
    createParameter: (spec, values) => new KeptParameter(tf, spec, values),
  }
}
