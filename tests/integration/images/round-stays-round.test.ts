import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { normalizeImage } from '../../../native-worker/images/normalize-image.ts'

/** Of a black picture, 300 × 180, with a white disc of 60 px in its middle. */
const picture = (width: number, height: number): Promise<Buffer> =>
  sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%"/><circle cx="${width / 2}" cy="${height / 2}" r="30" fill="#fff"/></svg>`,
    ),
  )
    .png()
    .toBuffer()

/** Width and height of what is brighter than half, in pixels. */
async function extentOf(png: Buffer): Promise<readonly [number, number]> {
  const { data, info } = await sharp(png).greyscale().raw().toBuffer({ resolveWithObject: true })
  const bright = [...data.keys()].filter((index) => (data[index] ?? 0) > 127)
  const [columns, rows] = [
    bright.map((index) => index % info.width),
    bright.map((index) => Math.floor(index / info.width)),
  ]
  const extent = (places: readonly number[]): number =>
    places.reduce((most, place) => Math.max(most, place), 0) -
    places.reduce((least, place) => Math.min(least, place), 1e9) +
    1
  return [extent(columns), extent(rows)]
}

const sizes = [32, 64, 96, 128, 256]

describe.each([
  [300, 180],
  [180, 300],
])('of a picture of %i × %i', (width, height) => {
  const cases = sizes.flatMap((size) =>
    (['crop', 'letterbox'] as const).flatMap((fit) => ([1, 3] as const).map((channels) => ({ size, fit, channels }))),
  )
  it.each(cases)('what is round stays round at $size px, $fit, $channels channels', async ({ size, fit, channels }) => {
    const { png } = await normalizeImage(await picture(width, height), { size, channels, fit, depth: null })
    const [across, down] = await extentOf(png)
    const edge = fit === 'crop' ? Math.min(width, height) : Math.max(width, height)
    const wanted = (60 * size) / edge
    for (const extent of [across, down]) expect(Math.abs(extent - wanted)).toBeLessThanOrEqual(1.5)
  })

  it('it is squashed only where that is asked for by name', async () => {
    const { png } = await normalizeImage(await picture(width, height), {
      ...{ size: 96, channels: 1, depth: null },
      fit: 'stretch',
    })
    const [across, down] = await extentOf(png)
    expect(Math.max(across, down) / Math.min(across, down)).toBeGreaterThan(1.4)
  })
})
