import { expect, test } from 'vitest'
import { highPass, toPlane } from '../../../../native-worker/metrics/high-pass.ts'
import { NearestReal, type Grouped } from '../../../../native-worker/trainer/embedding/nearest-real.ts'
import { loadEngine } from '../../../../native-worker/trainer/engines/load-engine.ts'
import { drawTexture } from '../../../helpers/textured-classes.ts'
import { testCacheFolder } from '../engines-to-test.ts'

const engine = await loadEngine('wasm', { cacheFolder: testCacheFolder })
const edge = 32
const asGrouped = (pixels: Uint8Array, group: number | null): Grouped => ({
  plane: highPass(toPlane(pixels, { size: edge, channels: 1 })),
  group,
})
const pits = Array.from({ length: 60 }, (_, at) => drawTexture('pit', at))

/** What lies outside is plain grey. */
const moved = (pixels: Uint8Array, shift: { x: number; y: number; mirrored: boolean }): Uint8Array =>
  Uint8Array.from(pixels, (_, at) => {
    const x = (at % edge) - shift.x
    const y = Math.floor(at / edge) - shift.y
    if (Math.min(x, y) < 0 || Math.max(x, y) >= edge) return 0x77
    return pixels[y * edge + (shift.mirrored ? edge - 1 - x : x)] ?? 0
  })

test('mirrored and moved copies are found, far nearer than any other real picture of the class', () => {
  const search = new NearestReal(
    engine,
    pits.map((pixels, at) => asGrouped(pixels, at)),
  )
  const others = search.find(pits.map((pixels, at) => asGrouped(pixels, at)))
  const copies = pits
    .slice(0, 18)
    .map((pixels, at) => asGrouped(moved(pixels, { x: (at % 9) - 4, y: (at % 5) - 2, mirrored: at % 2 === 0 }), null))
  const found = search.find(copies)
  expect(found.map(({ index }) => index)).toEqual(copies.map((_, at) => at))
  const nearestOther = Math.min(...others.map(({ distance }) => distance))
  expect(Math.max(...found.map(({ distance }) => distance))).toBeLessThan(0.3 * nearestOther)
  expect(others.every(({ index }, at) => index !== at)).toBe(true)
  const tensors = engine.tf.memory().numTensors
  search.dispose()
  expect(engine.tf.memory().numTensors).toBeLessThan(tensors)
})

test('brightness, contrast and shading make no difference; a picture that shows nothing equals only another one', () => {
  const search = new NearestReal(
    engine,
    [...pits.slice(0, 5), new Uint8Array(edge * edge).fill(90)].map((each) => asGrouped(each, null)),
  )
  const [darker, plain] = search.find([
    asGrouped(pits[2]?.map((value, at) => 20 + 0.6 * value + (at % edge)) ?? new Uint8Array(), null),
    asGrouped(new Uint8Array(edge * edge).fill(30), null),
  ])
  expect(darker?.index).toBe(2)
  expect(darker?.distance).toBeLessThan(0.1)
  expect(plain).toEqual({ index: 5, distance: 0 })
  search.dispose()
})
