import * as v from 'valibot'
import { firstProblem } from './first-problem.ts'
import { stretchesOfCounts } from './coco-runs.ts'
import type { ParsedImage, ParsedMark, ParsedShape, PixelSize } from './parsed-marks.ts'
import { MarkRefused } from './parsed-marks.ts'

const anyId = v.union([v.number(), v.string()])
const Document = v.object({
  images: v.array(
    v.object({ id: anyId, file_name: v.string(), width: v.optional(v.number()), height: v.optional(v.number()) }),
  ),
  annotations: v.array(v.looseObject({ image_id: anyId })),
  categories: v.optional(v.array(v.object({ id: anyId, name: v.string() })), []),
})
const Annotation = v.object({
  category_id: v.optional(anyId),
  bbox: v.optional(v.nullable(v.array(v.number()))),
  segmentation: v.optional(
    v.nullable(
      v.union([
        v.array(v.array(v.number())),
        v.object({ counts: v.union([v.string(), v.array(v.number())]), size: v.tuple([v.number(), v.number()]) }),
      ]),
    ),
  ),
})

/** Whether a JSON text may be one: looked for before the rest is read. */
export const looksLikeCoco = (text: string): boolean => text.includes('"annotations"') && text.includes('"images"')

/**
 * A COCO file: masks where there is a segmentation, else boxes. Throws `MarkRefused` where the whole is none.
 * @param path of the file
 */
export function readCoco(text: string, path: string): ParsedImage[] {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (thrown) {
    throw new MarkRefused('not_readable', thrown instanceof Error ? thrown.message : String(thrown))
  }
  const parsed = v.safeParse(Document, json)
  if (!parsed.success) throw new MarkRefused('not_readable', firstProblem(parsed.issues))
  const { images, annotations, categories } = parsed.output
  const names = new Map(categories.map(({ id, name }) => [id, name]))
  const byImage = new Map<number | string, unknown[]>()
  for (const annotation of annotations) {
    const before = byImage.get(annotation.image_id)
    if (before === undefined) byImage.set(annotation.image_id, [annotation])
    else before.push(annotation)
  }
  const known = new Set(images.map(({ id }) => id))
  const strays = [...byImage.keys()].filter((id) => !known.has(id))
  return [
    ...images.map(({ id, file_name: imageName, width, height }): ParsedImage => ({
      path: imageName,
      imageName,
      className: null,
      size: width === undefined || height === undefined ? null : { width, height },
      marksFor: (size) => (byImage.get(id) ?? []).map((annotation) => readAnnotation(annotation, { names, size })),
    })),
    ...strays.map((id): ParsedImage => ({
      path: `${path}: image ${id}`,
      imageName: '',
      className: null,
      size: null,
      marksFor: () => [],
    })),
  ]
}

function readAnnotation(
  annotation: unknown,
  { names, size }: { readonly names: ReadonlyMap<number | string, string>; readonly size: PixelSize },
): ParsedMark | MarkRefused {
  const parsed = v.safeParse(Annotation, annotation)
  if (!parsed.success) return new MarkRefused('not_readable', firstProblem(parsed.issues))
  const { category_id: categoryId, bbox, segmentation } = parsed.output
  // Without a list the file says no class at all; with one, a number that it lacks could be any.
  if (categoryId !== undefined && names.size > 0 && !names.has(categoryId))
    return new MarkRefused(
      'unknown_category',
      `category_id ${categoryId}, which “categories” does not list: add it there with the name of a class`,
    )
  const category = (categoryId === undefined ? undefined : names.get(categoryId)) ?? null
  try {
    return { category, shape: shapeOf({ bbox, segmentation }, size) }
  } catch (thrown) {
    if (thrown instanceof MarkRefused) return thrown
    throw thrown
  }
}

function shapeOf({ bbox, segmentation }: v.InferOutput<typeof Annotation>, size: PixelSize): ParsedShape {
  if (segmentation !== undefined && segmentation !== null) {
    if (!Array.isArray(segmentation)) {
      const [height, width] = segmentation.size
      if (width !== size.width || height !== size.height)
        throw new MarkRefused('size_differs', `a mask of ${width} × ${height} on ${size.width} × ${size.height}`)
      return { kind: 'mask', stretches: stretchesOfCounts(segmentation.counts, size) }
    }
    const rings = segmentation.filter((ring) => ring.length >= 6)
    if (rings.length > 0) return { kind: 'polygons', rings }
  }
  const [x, y, width, height] = bbox ?? []
  if (x === undefined || y === undefined || width === undefined || height === undefined)
    throw new MarkRefused('empty', 'neither a box nor a segmentation')
  return { kind: 'box', left: x, top: y, right: x + width, bottom: y + height }
}
