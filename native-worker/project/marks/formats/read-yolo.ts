import { parse } from 'yaml'
import * as v from 'valibot'
import type { ParsedImage, ParsedMark } from './parsed-marks.ts'
import { MarkRefused } from './parsed-marks.ts'

const Data = v.object({ names: v.union([v.array(v.string()), v.record(v.string(), v.string())]) })

/** One name a line. */
export const readClassList = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line, index, lines) => line !== '' || index < lines.length - 1)

/** `names` of a data.yaml. Throws `MarkRefused`. */
export function readDataYaml(text: string): string[] {
  let document: unknown
  try {
    document = parse(text, { maxAliasCount: 0 })
  } catch (thrown) {
    throw new MarkRefused(
      'not_readable',
      thrown instanceof Error ? (thrown.message.split('\n')[0] ?? '') : String(thrown),
    )
  }
  const parsed = v.safeParse(Data, document)
  if (!parsed.success) throw new MarkRefused('not_readable', 'holds no list of names')
  const { names } = parsed.output
  if (Array.isArray(names)) return names
  const list: string[] = []
  for (const [index, name] of Object.entries(names)) if (/^\d{1,4}$/.test(index)) list[Number(index)] = name
  return Array.from(list, (name) => (name as string | undefined) ?? '')
}

/**
 * A label file of YOLO: a line a mark, `class x y width height` of the middle in shares of the image, or `class x y x y x y …` for a polygon.
 * The image is found by the name of the file.
 * @param names of the classes, by number; empty where there is no list
 */
export const readYolo = (
  text: string,
  { path, names }: { readonly path: string; readonly names: readonly string[] },
): ParsedImage => ({
  path,
  imageName: path.replace(/\.txt$/i, ''),
  className: null,
  size: null,
  marksFor: ({ width, height }) =>
    text
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .map((line): ParsedMark | MarkRefused => {
        const [kind = '', ...shares] = line.split(/\s+/)
        const numbers = shares.map(Number)
        if (!/^\d+$/.test(kind) || numbers.length < 4 || numbers.some((share) => !Number.isFinite(share)))
          return new MarkRefused('not_readable', line.slice(0, 100))
        const category = names[Number(kind)] ?? null
        if (category === null && names.length > 0)
          return new MarkRefused(
            'unknown_category',
            `class ${kind}, which the list of ${names.length} names lacks: add its name there`,
          )
        if (numbers.length >= 6 && numbers.length % 2 === 0)
          return {
            category,
            shape: {
              kind: 'polygons',
              rings: [numbers.map((share, index) => share * (index % 2 === 0 ? width : height))],
            },
          }
        const [x, y, across, down] = numbers as [number, number, number, number]
        return {
          category,
          shape: {
            kind: 'box',
            left: (x - across / 2) * width,
            top: (y - down / 2) * height,
            right: (x + across / 2) * width,
            bottom: (y + down / 2) * height,
          },
        }
      }),
})
