import { XMLParser, XMLValidator } from 'fast-xml-parser'
import * as v from 'valibot'
import { firstProblem } from './first-problem.ts'
import type { ParsedImage, PixelSize } from './parsed-marks.ts'
import { MarkRefused } from './parsed-marks.ts'

const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  isArray: (name) => name === 'object',
})

const number = v.pipe(v.string(), v.trim(), v.minLength(1), v.transform(Number))
const Document = v.object({
  annotation: v.object({
    size: v.optional(v.object({ width: number, height: number })),
    object: v.optional(
      v.array(
        v.object({
          name: v.string(),
          bndbox: v.object({ xmin: number, ymin: number, xmax: number, ymax: number }),
        }),
      ),
      [],
    ),
  }),
})

/**
 * A Pascal VOC file. Its pixels count from 1 and the last one belongs to the box; files that begin at 0 are taken for what they mean.
 * The image is found by the name of the file. Throws `MarkRefused`.
 */
export function readVoc(text: string, path: string): ParsedImage {
  if (/<!(DOCTYPE|ENTITY)/i.test(text))
    throw new MarkRefused('not_readable', 'declares a document type or entities, which annotations need not')
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- what is to follow it brings seven packages for this one check
  const whole = XMLValidator.validate(text)
  // The parser itself takes a file that was cut off for one that ends there.
  if (whole !== true) throw new MarkRefused('not_readable', `line ${whole.err.line}: ${whole.err.msg}`)
  let xml: unknown
  try {
    xml = parser.parse(text)
  } catch (thrown) {
    throw new MarkRefused('not_readable', thrown instanceof Error ? thrown.message : String(thrown))
  }
  const parsed = v.safeParse(Document, xml)
  if (!parsed.success) throw new MarkRefused('not_readable', firstProblem(parsed.issues))
  const { size, object } = parsed.output.annotation
  return {
    path,
    imageName: path.replace(/\.xml$/i, ''),
    className: null,
    size: statedSize(size),
    marksFor: () =>
      object.map(({ name, bndbox: { xmin, ymin, xmax, ymax } }) => ({
        category: name,
        shape: { kind: 'box', left: Math.max(0, xmin - 1), top: Math.max(0, ymin - 1), right: xmax, bottom: ymax },
      })),
  }
}

/** Tools that did not know the size wrote 0. */
const statedSize = (size: PixelSize | undefined): PixelSize | null =>
  size === undefined || size.width === 0 || size.height === 0 ? null : size
