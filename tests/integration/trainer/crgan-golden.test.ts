import type { Tensor, Tensor2D } from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Engine } from '../../../native-worker/trainer/engines/engine.ts'
import { loadEngine } from '../../../native-worker/trainer/engines/load-engine.ts'
import { noiseOf } from '../../../native-worker/trainer/recipes/crgan/generator-noise.ts'
import {
  buildCrganGolden,
  crganGolden,
  crganGoldenShape,
  differenceAt,
  takeCrganGoldenSteps,
  tensorOf,
} from './crgan-golden-steps.ts'
import { enginesToTest, testCacheFolder } from './engines-to-test.ts'

const read = (tensor: Tensor): Float32Array => tensor.dataSync<'float32'>().slice()

describe.each(enginesToTest)('crgan, second edition, beside its reference program on %s', (name) => {
  let engine: Engine
  beforeAll(async () => {
    engine = await loadEngine(name, { cacheFolder: testCacheFolder })
  })

  it('draws the same noise for the same latents, alone and in a batch', () => {
    const { tf } = engine
    const latents = tensorOf(engine, crganGolden.inputs.latents) as Tensor2D
    const maps = noiseOf(tf, latents, crganGoldenShape)
    maps.forEach((map, index) => {
      const expected = crganGolden.inputs.noise[index] ?? []
      const values = read(map)
      expect(values.length).toBe(expected.length)
      values.forEach((value, at) => expect(Math.abs(value - (expected[at] ?? Number.NaN))).toBeLessThan(1e-5))
    })
    const third = noiseOf(tf, tf.slice(latents, [2, 0], [1, crganGoldenShape.latent]), crganGoldenShape)
    third.forEach((map, index) => {
      const all = read(maps[index] as Tensor)
      expect([...read(map)]).toEqual([...all.subarray((2 * all.length) / 4, (3 * all.length) / 4)])
    })
    tf.dispose([latents, ...maps, ...third])
  })

  it('generates what it generates', () => {
    const gan = buildCrganGolden(engine)
    const latents = tensorOf(engine, crganGolden.inputs.latents) as Tensor2D
    const drawn = gan.generate(latents, crganGolden.inputs.labels)
    expect(differenceAt(crganGolden.generated, read(drawn))).toBeLessThan(2e-4)
    engine.tf.dispose([latents, drawn, ...gan.state.map((parameter) => parameter.read())])
  })

  it('takes its steps, with the penalty and without', () => {
    const { figures, weights } = takeCrganGoldenSteps(engine)
    expect(Object.keys(figures)).not.toEqual([])
    expect(Object.keys(weights)).not.toEqual([])
    for (const [figure, difference] of Object.entries(figures)) expect(difference, figure).toBeLessThan(1e-3)
    for (const [weight, difference] of Object.entries(weights)) expect(difference, weight).toBeLessThan(1e-4)
  })
})
