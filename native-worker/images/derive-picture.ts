import type { DerivedItem } from '../../contract/images.ts'
import type { Channels } from '../../contract/project.ts'
import type { Fit } from '../../contract/dataset.ts'
import type { SourceRectangle } from '../../contract/source-rectangle.ts'
import { shownRectangle } from '../../contract/source-rectangle.ts'
import { asRefusal, FileRefusal } from './file-refusal.ts'
import { narrowSamples } from './narrow-samples.ts'
import { encodeFitted, encodePicture, flatten, ofSamples } from './normalize-image.ts'
import { openSource } from './open-source.ts'
import type { Source } from './open-source.ts'
import { readDeepSamples } from './read-deep-samples.ts'
import type { Sharp } from 'sharp'

interface DerivedForm extends Pick<DerivedItem, 'rectangle' | 'fit' | 'grey' | 'page'> {
  /** Pixels an edge; null for the whole image as large as it is in its file. */
  readonly size: number | null
  readonly channels: Channels
}

/**
 * The picture of an image again: to the byte the one of `normalizeImage`, where the form is the same. Throws `FileRefusal`.
 */
export async function derivePicture(
  bytes: Buffer,
  { rectangle, fit, grey, page, size, channels }: DerivedForm,
): Promise<Buffer> {
  const source = await openSource(bytes)
  if (source.page !== page)
    throw changed(`page ${page + 1} was imported, and page ${source.page + 1} would be read now`)
  assertFitted(rectangle, { source, fit })
  try {
    const whole = flatten(await withScale(source, grey))
    return await (size === null ? encodePicture(whole, channels) : encodeFitted(whole, { size, channels, fit }))
  } catch (cause) {
    throw asRefusal(cause)
  }
}

async function withScale(source: Source, grey: DerivedForm['grey']): Promise<Sharp> {
  if (source.deep === null) return source.pixels()
  if (grey === null) throw changed('a version that chose a scale of grey for each image by itself has imported it')
  const deep = await readDeepSamples(source, source.deep)
  const { width, height } = source
  return ofSamples(narrowSamples(deep, grey.high).pixels, { width, height, channels: deep.channels })
}

function assertFitted(
  { x, y, width, height }: SourceRectangle,
  { source, fit }: { readonly source: Pick<Source, 'width' | 'height'>; readonly fit: Fit },
): void {
  const fitted = shownRectangle({ width: source.width, height: source.height, fit })
  if (x === fitted.x && y === fitted.y && width === fitted.width && height === fitted.height) return
  throw changed(`it has ${source.width} × ${source.height} pixels, of which another part was imported`)
}

const changed = (detail: string): FileRefusal =>
  new FileRefusal({ reason: 'unreadable', detail, skipCause: { name: 'changed' } })
