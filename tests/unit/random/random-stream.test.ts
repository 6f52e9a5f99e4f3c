import { describe, expect, it } from 'vitest'
import { RandomStream } from '../../../native-worker/random/random-stream.ts'
import { randomState, restoreRandom, seedRandom } from '../../../native-worker/random/run-random.ts'

const words = (stream: RandomStream, count: number): readonly number[] =>
  Array.from({ length: count }, () => stream.word())

describe('RandomStream', () => {
  it('follows the reference of xoshiro128**', () => {
    // State 1, 2, 3, 4: the first outputs of the authors' C code.
    const stream = new RandomStream({ words: [1, 2, 3, 4], spare: null })
    expect(words(stream, 4)).toEqual([11520, 0, 5927040, 70819200])
  })

  it('goes on from a stored state, a waiting normal deviate included', () => {
    const stream = RandomStream.fromSeed(7, 'latents')
    stream.normals(3)
    const copy = new RandomStream(JSON.parse(JSON.stringify(stream.state)) as typeof stream.state)
    expect(copy.normals(5)).toEqual(stream.normals(5))
  })

  it('keeps seeds, large ones too, and purposes apart', () => {
    const starts = [
      RandomStream.fromSeed(1, 'latents'),
      RandomStream.fromSeed(2, 'latents'),
      RandomStream.fromSeed(1, 'dropout'),
      RandomStream.fromSeed(2 ** 32 + 1, 'latents'),
    ].map((stream) => stream.word())
    expect(new Set(starts).size).toBe(starts.length)
  })

  it('draws normals of mean 0 and deviation 1, and masks of the right share', () => {
    const stream = RandomStream.fromSeed(3, 'test')
    const normals = stream.normals(40_000)
    const mean = normals.reduce((total, value) => total + value, 0) / normals.length
    const variance = normals.reduce((total, value) => total + (value - mean) ** 2, 0) / normals.length
    expect(Math.abs(mean)).toBeLessThan(0.02)
    expect(Math.abs(variance - 1)).toBeLessThan(0.03)
    const mask = stream.mask(40_001, 0.3)
    expect(Math.abs(mask.filter((value) => value === 0).length / mask.length - 0.3)).toBeLessThan(0.01)
    expect(Math.abs(mask.reduce((total, value) => total + value, 0) / mask.length - 1)).toBeLessThan(0.02)
  })

  it('keeps the streams of a run independent', () => {
    const random = seedRandom(5)
    const before = random.dropout.state
    random.latents.normals(10)
    expect(random.dropout.state).toEqual(before)
    const restored = restoreRandom(randomState(random))
    expect(restored.latents.normals(4)).toEqual(random.latents.normals(4))
  })
})
