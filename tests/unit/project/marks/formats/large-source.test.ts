import { decode } from 'fast-png'
import { expect, test } from 'vitest'
import type { MarkableImage } from '../../../../../contract/marks.ts'
import { writeCoco } from '../../../../../native-worker/project/marks/formats/write-coco.ts'
import { writePng } from '../../../../../native-worker/project/marks/formats/write-png.ts'

// A source of 1600 × 1200 in a project of 64 px: looked at with 512 px, marked in pixels of the source.
const image = {
  className: 'pit',
  sourcePath: 'pit/a.png',
  sourceWidth: 1600,
  sourceHeight: 1200,
  marks: [{ shape: { kind: 'rectangle', x: 1301, y: 777, width: 3, height: 5 }, origin: 'drawn' }],
} as unknown as MarkableImage
const written = { images: [{ image, fileName: 'pit/a.png', labelName: 'pit/a' }], classNames: ['pit'] }

test('marks of a large source are written in its pixels, to the pixel', () => {
  const [coco] = writeCoco(written)
  expect(JSON.parse(String(coco?.contents))).toMatchObject({
    images: [{ width: 1600, height: 1200 }],
    annotations: [{ bbox: [1301, 777, 3, 5], area: 15 }],
  })
  const [png] = [...writePng(written)]
  const { width, height, data } = decode(png?.contents as Uint8Array)
  expect([width, height]).toEqual([1600, 1200])
  expect([...data].filter((value) => value === 255)).toHaveLength(15)
  expect(data[777 * 1600 + 1301]).toBe(255)
  expect(data[781 * 1600 + 1303]).toBe(255)
})
