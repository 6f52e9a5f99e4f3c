import { expect, test } from 'vitest'
import { countsOfStretches, stretchesOfCounts } from '../../../../native-worker/project/marks/formats/coco-runs.ts'
import { fillPolygons } from '../../../../native-worker/project/marks/formats/fill-polygons.ts'
import type { ParsedShape } from '../../../../native-worker/project/marks/formats/parsed-marks.ts'
import { MarkRefused, wholePixels } from '../../../../native-worker/project/marks/formats/parsed-marks.ts'
import { readCoco } from '../../../../native-worker/project/marks/formats/read-coco.ts'
import { readVoc } from '../../../../native-worker/project/marks/formats/read-voc.ts'
import { readClassList, readDataYaml, readYolo } from '../../../../native-worker/project/marks/formats/read-yolo.ts'

const size = { width: 6, height: 4 }
const refusal = (work: () => unknown): string => {
  try {
    work()
  } catch (thrown) {
    if (thrown instanceof MarkRefused) return `${thrown.reason}: ${thrown.message}`
    throw thrown
  }
  return 'taken'
}

test('run lengths go down the columns, as pycocotools has them', () => {
  // Rows 1–2 of columns 2–3; as text, numbers from the fourth on are differences to the one before the last.
  const counts = [9, 2, 2, 2, 9]
  const stretches = stretchesOfCounts(counts, size)
  expect(stretches).toEqual([
    { y: 1, x: 2, end: 4 },
    { y: 2, x: 2, end: 4 },
  ])
  expect(countsOfStretches(stretches, size)).toEqual(counts)
  expect(stretchesOfCounts('92207', size)).toEqual(stretches)
})

test.each([
  ['counts of another image', [9, 2, 2, 2, 10], 'runs: run lengths of 25 pixels for an image of 6 × 4'],
  ['a bomb of a thousand million pixels', [1e9, 1], 'runs: run lengths of 1000000001 pixels for an image of 6 × 4'],
  ['negative counts', [30, -6], 'runs: 2 run lengths, of which some are none'],
  ['letters that are no counts', '9é', 'runs: run lengths that are no COCO text'],
  ['letters that never end', 'ooooooooooooooooo', 'runs: run lengths that are no COCO text'],
])('%s are refused', (_, counts, expected) => {
  expect(refusal(() => stretchesOfCounts(counts, size))).toBe(expected)
})

test('a polygon holds the pixels whose middle lies in it', () => {
  expect(fillPolygons([[1, 1, 4, 1, 4, 3, 1, 3]], size)).toEqual([
    { y: 1, x: 1, end: 4 },
    { y: 2, x: 1, end: 4 },
  ])
  expect(fillPolygons([[0, 0, 6, 0, 0, 4]], size)).toEqual([
    { y: 0, x: 0, end: 5 },
    { y: 1, x: 0, end: 4 },
    { y: 2, x: 0, end: 2 },
    { y: 3, x: 0, end: 1 },
  ])
})

test.each<[string, ParsedShape, string]>([
  ['a box outside', { kind: 'box', left: 3, top: 0, right: 9, bottom: 2 }, 'outside: 9 px > 6 px'],
  ['a box without width', { kind: 'box', left: 3, top: 0, right: 3, bottom: 2 }, 'empty: 0 × 2 at 3, 0'],
  [
    'a box that is not a number',
    { kind: 'box', left: NaN, top: 0, right: 3, bottom: 2 },
    'not_readable: NaN is no coordinate',
  ],
  [
    'a box over everything',
    { kind: 'box', left: 0, top: 0, right: 6, bottom: 4 },
    'covers_image: 6 × 4 at 0, 0 on 6 × 4',
  ],
  ['a polygon far away', { kind: 'polygons', rings: [[0, 0, 1e12, 0, 0, 1e12]] }, 'outside: 1000000000000 px > 6 px'],
  ['a polygon without a pixel', { kind: 'polygons', rings: [[1, 1, 1.2, 1, 1.1, 1.2]] }, 'empty: no pixel lies in it'],
])('%s is refused by name and value', (_, shape, expected) => {
  expect(refusal(() => wholePixels(shape, size))).toBe(expected)
})

test('a box is rounded to whole pixels, and is one pixel at least', () => {
  expect(wholePixels({ kind: 'box', left: 1.4, top: 0.6, right: 1.45, bottom: 2.5 }, size)).toEqual({
    kind: 'rectangle',
    ...{ x: 1, y: 1, width: 1, height: 2 },
  })
})

test('COCO: an annotation that is wrong leaves the others', () => {
  const [image, stray] = readCoco(
    JSON.stringify({
      images: [{ id: 1, file_name: 'pit/a.png', width: 6, height: 4 }],
      categories: [{ id: 7, name: 'pit' }],
      annotations: [
        { image_id: 1, category_id: 7, bbox: [1, 1, 2, 2] },
        { image_id: 1, category_id: 7, bbox: ['x'] },
        { image_id: 1, category_id: 7, segmentation: { counts: [0, 24], size: [40, 60] } },
        { image_id: 9, bbox: [0, 0, 1, 1] },
      ],
    }),
    'instances.json',
  )
  expect(image?.marksFor(size).map((mark) => (mark instanceof MarkRefused ? mark.reason : mark.category))).toEqual([
    'pit',
    'not_readable',
    'size_differs',
  ])
  expect(stray?.path).toBe('instances.json: image 9')
  expect(refusal(() => readCoco('{"images": 3}', 'x.json'))).toMatch(/^not_readable/)
  expect(refusal(() => readCoco('{', 'x.json'))).toMatch(/^not_readable/)
})

test('a file that is not as it must be is refused in one line that names the place', () => {
  const images = [{ id: 1, file_name: 'a.png' }]
  const [image] = readCoco(
    JSON.stringify({ images, annotations: [{ image_id: 1, bbox: ['wide', 1, 2, 3] }] }),
    'instances.json',
  )
  const [mark] = image?.marksFor(size) ?? []
  expect(mark).toMatchObject({ reason: 'not_readable', message: '“bbox.0” is "wide" where number is needed.' })
  expect(refusal(() => readCoco(JSON.stringify({ images }), 'x.json'))).toBe('not_readable: “annotations” is missing.')
  expect(refusal(() => readCoco('{\n "images": [\n  oops\n ]}', 'x.json'))).not.toMatch(/\n/)
  expect(refusal(() => readVoc('<annotation><filename>s2.png', 's2.xml'))).toMatch(/^not_readable: line 1/)
  expect(refusal(() => readVoc('<annotation><object><name>pit</name></object></annotation>', 's2.xml'))).toBe(
    'not_readable: “annotation.object.0.bndbox” is missing.',
  )
})

test('Pascal VOC: pixels count from 1 and the last one belongs to the box', () => {
  const image = readVoc(
    '<annotation><filename>../../etc/passwd</filename><size><width>6</width><height>4</height></size><object><name>pit &amp; more</name><bndbox><xmin>1</xmin><ymin>2</ymin><xmax>3</xmax><ymax>4</ymax></bndbox></object></annotation>',
    'pit/a.xml',
  )
  expect(image.imageName).toBe('pit/a')
  expect(image.size).toEqual(size)
  expect(image.marksFor(size)).toEqual([
    { category: 'pit & more', shape: { kind: 'box', left: 0, top: 1, right: 3, bottom: 4 } },
  ])
})

test.each([
  ['entities', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><annotation><object>&x;</object></annotation>'],
  ['a document type', '<!doctype a><annotation/>'],
  ['no annotation', '<html><body/></html>'],
  ['no XML', 'not < xml'],
])('Pascal VOC with %s is refused', (_, text) => {
  expect(refusal(() => readVoc(text, 'a.xml'))).toMatch(/^not_readable/)
})

test('YOLO: boxes by their middle, polygons, and lines that are neither', () => {
  const image = readYolo('0 0.5 0.5 0.5 0.5\n1 0 0 0.5 0 0.5 0.5\n\n0 0.5 0.5\nscratch 1 1 1 1\n0 nan 0.5 0.5 0.5\n', {
    path: 'labels/a.txt',
    names: ['pit', 'scratch'],
  })
  expect(image.marksFor(size).map((mark) => (mark instanceof MarkRefused ? mark.reason : mark))).toEqual([
    { category: 'pit', shape: { kind: 'box', left: 1.5, top: 1, right: 4.5, bottom: 3 } },
    { category: 'scratch', shape: { kind: 'polygons', rings: [[0, 0, 3, 0, 3, 2]] } },
    'not_readable',
    'not_readable',
    'not_readable',
  ])
})

test('YOLO: class lists of both kinds', () => {
  expect(readClassList('pit\r\nscratch\r\n')).toEqual(['pit', 'scratch'])
  expect(readDataYaml('path: ../x\nnames:\n  0: pit\n  1: scratch\n')).toEqual(['pit', 'scratch'])
  expect(readDataYaml('nc: 2\nnames: [pit, scratch]\n')).toEqual(['pit', 'scratch'])
  expect(refusal(() => readDataYaml('a: &a [x]\nnames: *a'))).toMatch(/^not_readable/)
})
