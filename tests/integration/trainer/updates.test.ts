import { beforeAll, describe, expect, it } from 'vitest'
import { RandomStream } from '../../../native-worker/random/random-stream.ts'
import { composeArithmetic } from '../../../native-worker/trainer/engines/composed-arithmetic.ts'
import type { Arithmetic } from '../../../native-worker/trainer/engines/arithmetic.ts'
import { readValues, type Engine, type Parameter } from '../../../native-worker/trainer/engines/engine.ts'
import { loadEngine } from '../../../native-worker/trainer/engines/load-engine.ts'
import { enginesToTest, testCacheFolder } from './engines-to-test.ts'

/** One that TensorFlow keeps as a variable among small ones. */
const lengths = [1, 6, 300_000, 40_003]
const places = (count: number): number[] => [0, count >> 1, count - 1]

describe.each(enginesToTest)('updates of many parameters at once, beside composed ones, on %s', (name) => {
  let engine: Engine
  beforeAll(async () => {
    engine = await loadEngine(name, { cacheFolder: testCacheFolder })
  }, 60_000)

  const create = (seed: number, scale = 1): readonly Parameter[] => {
    const random = RandomStream.fromSeed(seed, 'updates')
    return lengths.map((length, index) =>
      engine.createParameter(
        { name: `p${index}`, shape: [length], trainable: true },
        random.normals(length).map((value) => value * scale),
      ),
    )
  }
  const expectClose = (found: readonly Parameter[], expected: readonly Parameter[]): void => {
    found.forEach((parameter, index) => {
      const [values, wanted] = [parameter, expected[index] as Parameter].map((each) => readValues(engine.tf, each))
      const worst = values?.reduce(
        (most, value, at) => Math.max(most, Math.abs(value - (wanted?.[at] ?? Number.NaN))),
        0,
      )
      expect(worst, `${lengths[index]} values`).toBeLessThan(1e-5)
      expect(parameter.shape).toEqual([lengths[index]])
    })
    for (const parameter of [...found, ...expected]) parameter.dispose()
  }

  it('takes three Adam steps', () => {
    const steps = (arithmetic: Arithmetic): readonly Parameter[] => {
      const [parameters, firsts, seconds] = [create(1), create(2, 0), create(3, 0)] as const
      for (let step = 0; step < 3; step++)
        engine.tf.tidy(() => {
          const slots = parameters.map((parameter, index) => ({
            parameter,
            gradient: engine.tf.sin(engine.tf.add(parameter.read(), step)),
            firstMoment: firsts[index] as Parameter,
            secondMoment: seconds[index] as Parameter,
          }))
          arithmetic.adam(slots, { rate: 1e-2, beta1: 0.5, beta2: 0.999, epsilon: 1e-8 })
        })
      for (const moment of firsts) moment.dispose()
      for (const moment of seconds) moment.dispose()
      return parameters
    }
    expectClose(steps(engine.arithmetic), steps(composeArithmetic(engine.tf)))
  })

  it('lets parameters follow others, which stay as they are', () => {
    const followed = create(4)
    const before = followed.map((parameter) => readValues(engine.tf, parameter))
    const follow = (arithmetic: Arithmetic): readonly Parameter[] => {
      const followers = create(5)
      const pairs = followers.map((follower, index) => ({ follower, followed: followed[index] as Parameter }))
      engine.tf.tidy(() => arithmetic.follow(pairs, 0.75))
      return followers
    }
    expectClose(follow(engine.arithmetic), follow(composeArithmetic(engine.tf)))
    followed.forEach((parameter, index) => {
      const values = readValues(engine.tf, parameter)
      expect(places(values.length).map((at) => values[at])).toEqual(
        places(values.length).map((at) => before[index]?.[at]),
      )
      parameter.dispose()
    })
  })

  it('leaves no tensor behind', () => {
    const [parameters, firsts, seconds] = [create(1), create(2, 0), create(3, 0)] as const
    const count = engine.tf.memory().numTensors
    engine.tf.tidy(() => {
      const slots = parameters.map((parameter, index) => ({
        parameter,
        gradient: engine.tf.onesLike(parameter.read()),
        firstMoment: firsts[index] as Parameter,
        secondMoment: seconds[index] as Parameter,
      }))
      engine.arithmetic.adam(slots, { rate: 1e-2, beta1: 0.5, beta2: 0.999, epsilon: 1e-8 })
      engine.arithmetic.follow([{ follower: firsts[0] as Parameter, followed: seconds[0] as Parameter }], 0.5)
    })
    // Scalars that the engine keeps between updates, made at the first one.
    expect(engine.tf.memory().numTensors - count).toBeLessThanOrEqual(0)
    for (const parameter of [...parameters, ...firsts, ...seconds]) parameter.dispose()
  })
})
