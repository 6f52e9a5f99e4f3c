import { expect, test } from 'vitest'
import { spectrumLength } from '../../../../native-worker/images/near-duplicates/band.ts'
import { findGroups } from '../../../../native-worker/images/near-duplicates/find-groups.ts'
import type { Member } from '../../../../native-worker/images/near-duplicates/find-groups.ts'
import { PairFinder } from '../../../../native-worker/images/near-duplicates/pair-finder.ts'
import { phaseSpectrum } from '../../../../native-worker/images/near-duplicates/phase-spectrum.ts'
import { RandomStream } from '../../../../native-worker/random/random-stream.ts'
import { drawSurface, drawView, pictureSize, takePicture } from '../../../helpers/draw-parts.ts'
import type { SurfaceKind } from '../../../helpers/draw-parts.ts'
import { defaultThreshold } from '../../../../contract/groups.ts'

const threshold = defaultThreshold

async function group(pictures: readonly Uint8Array[]): Promise<readonly (readonly Member[])[]> {
  const spectra = new Int8Array(pictures.length * spectrumLength)
  pictures.forEach((picture, index) => {
    spectra.set(phaseSpectrum(picture, { size: pictureSize, channels: 1 }), index * spectrumLength)
  })
  const { groups } = await findGroups({
    spectra,
    count: pictures.length,
    threshold,
    findPairs: ({ spectra: some, count }) => {
      const finder = new PairFinder({ spectra: some, count, threshold })
      const pairs = Array.from({ length: count }, (_, image) => finder.pairsOf(image)).flat()
      return Promise.resolve(pairs)
    },
  })
  return groups
}

const sorted = (groups: readonly (readonly Member[])[]): readonly (readonly number[])[] =>
  groups
    .map((members) => members.map(({ image }) => image).sort((a, b) => a - b))
    .sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0))

function take(
  kind: SurfaceKind,
  { parts, views, turns }: { parts: number; views: number; turns: boolean },
): Uint8Array[] {
  const random = RandomStream.fromSeed(5, `views of ${kind}`)
  return Array.from({ length: parts }, (_, part) => {
    const surface = drawSurface(kind, { seed: 3, part })
    return Array.from({ length: views }, () => takePicture(surface, drawView(random, { turns })))
  }).flat()
}

test.each(['grain', 'brushed', 'scratched'] as const)(
  'views of a part are found at other exposures, shifted, mirrored and turned, and never those of another: %s',
  async (kind) => {
    const groups = sorted(await group(take(kind, { parts: 30, views: 4, turns: true })))
    const wanted = Array.from({ length: 30 }, (_, part) => [0, 1, 2, 3].map((view) => part * 4 + view))
    expect(groups).toEqual(wanted)
  },
)

test('parts that look alike by design are told apart by what is their own', async () => {
  const groups = await group(take('layout', { parts: 40, views: 4, turns: false }))
  const partsOf = groups.map((members) => new Set(members.map(({ image }) => Math.floor(image / 4))).size)
  expect(partsOf.every((parts) => parts === 1)).toBe(true)
  expect(groups.length).toBeGreaterThanOrEqual(36)
})

test('pictures that show nothing belong to nobody', async () => {
  const flat = [0, 90, 255].map((grey) => new Uint8Array(pictureSize ** 2).fill(grey))
  expect(await group([...flat, ...flat, ...take('grain', { parts: 3, views: 1, turns: false })])).toEqual([])
})

test('neighbouring frames of a strip do not chain into one group', async () => {
  const random = RandomStream.fromSeed(8, 'strip')
  const strip = Float32Array.from({ length: pictureSize * 400 }, () => random.uniform())
  const smooth = (x: number, y: number): number => {
    let sum = 0
    for (let down = 0; down < 4; down++)
      for (let across = 0; across < 4; across++) sum += strip[((y + down) % 64) * 400 + x + across] ?? 0
    return sum / 16
  }
  const frames = Array.from({ length: 40 }, (_, frame) =>
    Uint8Array.from(
      { length: pictureSize ** 2 },
      (_unused, at) => 255 * smooth(frame * 6 + (at % 64), Math.floor(at / 64)),
    ),
  )
  const groups = await group(frames)
  for (const [first, ...others] of groups)
    for (const { image, correlation } of others) {
      expect(Math.abs(image - (first?.image ?? 0))).toBeLessThanOrEqual(2)
      expect(correlation).toBeGreaterThanOrEqual(threshold * 0.8)
    }
})
