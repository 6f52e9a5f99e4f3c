import type { Tensor } from '@tensorflow/tfjs'
import type { Arithmetic } from '../../arithmetic.ts'
import type { Parameter, TensorFlow } from '../../engine.ts'
import { KeptParameter } from '../../kept-parameter.ts'
import { AttributeWriter, type NativeBackend } from '../native-backend.ts'

/** Parameters with more values are TensorFlow's variables, which it updates where they lie. */
export const mostKeptValues = 2 ** 18

type Updates = Pick<Arithmetic, 'adam' | 'follow'>

/** All kept parameters in one operation (the pack's updates.h); what else there is goes to `others`. */
export function updateArithmetic(tf: TensorFlow, backend: NativeBackend, others: Updates): Updates {
  const attributes = new AttributeWriter(backend)
  /** Lists one after the other, then the numbers. */
  const run = (name: string, lists: readonly (readonly Tensor[])[], numbers: readonly number[]): readonly Tensor[] => {
    const count = lists[0]?.length ?? 0
    const given = tf.tensor1d([...numbers], 'float32')
    const outputs = name === 'FlawsmithAdam' ? 3 * count : count
    const results = backend.executeMultipleOutputs(
      name,
      [attributes.integer('count', count)],
      [...lists.flat(), given],
      outputs,
    )
    given.dispose()
    return results
  }
  return {
    adam: (slots, numbers) => {
      const kept = slots.filter(({ parameter }) => parameter instanceof KeptParameter)
      const rest = slots.filter(({ parameter }) => !(parameter instanceof KeptParameter))
      if (rest.length > 0) others.adam(rest, numbers)
      if (kept.length === 0) return
      const { rate, beta1, beta2, epsilon } = numbers
      const parameters = kept.map(({ parameter }) => parameter)
      const firsts = kept.map(({ firstMoment }) => firstMoment)
      const seconds = kept.map(({ secondMoment }) => secondMoment)
      const lists = [read(parameters), kept.map(({ gradient }) => gradient), read(firsts), read(seconds)]
      const results = run('FlawsmithAdam', lists, [rate, beta1, beta2, epsilon])
      adopt([...parameters, ...firsts, ...seconds], results)
    },
    follow: (pairs, share) => {
      const kept = pairs.filter(({ follower }) => follower instanceof KeptParameter)
      const rest = pairs.filter(({ follower }) => !(follower instanceof KeptParameter))
      if (rest.length > 0) others.follow(rest, share)
      if (kept.length === 0) return
      const followers = kept.map(({ follower }) => follower)
      const lists = [read(followers), read(kept.map(({ followed }) => followed))]
      adopt(followers, run('FlawsmithFollow', lists, [share]))
    },
  }
}

const read = (parameters: readonly Parameter[]): readonly Tensor[] => parameters.map((parameter) => parameter.read())

function adopt(parameters: readonly Parameter[], values: readonly Tensor[]): void {
  parameters.forEach((parameter, index) => {
    const value = values[index]
    if (!(parameter instanceof KeptParameter) || value === undefined)
      throw new TypeError(`${parameter.name} is not a kept parameter`)
    parameter.adopt(value)
  })
}
