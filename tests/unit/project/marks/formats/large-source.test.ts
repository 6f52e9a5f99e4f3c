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
  isPatch: false,
  fitted: { fit: 'crop', shown: { x: 200, y: 0, width: 1200, height: 1200 }, size: 64 },
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

test('the mask of a patch is as large as what it shows of its frame, which may have 400 million pixels', () => {
  const shown = { x: 15_000, y: 17_000, width: 96, height: 80 }
  const marks = [
    { shape: { kind: 'rectangle', x: 15_010, y: 17_020, width: 5, height: 4 }, origin: 'drawn' },
    // Reaches over the edge of the patch.
    { shape: { kind: 'rectangle', x: 15_090, y: 16_990, width: 20, height: 12 }, origin: 'coco' },
  ]
  const patch = {
    ...{ ...image, sourceWidth: 20_000, sourceHeight: 20_000, isPatch: true, marks },
    fitted: { fit: 'letterbox', shown, size: 64 },
  } as unknown as MarkableImage
  const [png] = [...writePng({ ...written, images: [{ image: patch, fileName: 'a', labelName: 'a' }] })]
  const { width, height, data } = decode(png?.contents as Uint8Array)
  expect([width, height]).toEqual([96, 80])
  expect([...data].filter((value) => value === 255)).toHaveLength(5 * 4 + 6 * 2)
  expect(data[20 * 96 + 10]).toBe(255)
  expect(data[1 * 96 + 95]).toBe(255)
})
