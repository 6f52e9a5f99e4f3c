import { extensionOf } from '../../../contract/original-path.ts'
import type { ImageId, Sha256 } from '../../../contract/ids.ts'
import { FlawsmithError } from '../../../contract/errors.ts'
import type { RenderedItem } from '../../../contract/images.ts'
import type { Project } from '../open-project.ts'
import { originalSource } from '../original-source.ts'
import { listDerivations } from '../storage/pictures.ts'
import type { Derivation } from '../storage/pictures.ts'

/** Where the bytes of an exported picture come from. */
export type PictureSource =
  /** A picture of the project. */
  | { readonly kind: 'picture' }
  /** The imported file, byte for byte. */
  | { readonly kind: 'original'; readonly file: string }
  /** Made for the export: readers of class folders would not see the file itself as Flawsmith does. */
  | { readonly kind: 'rendered'; readonly item: Omit<RenderedItem, 'path'> }

interface OriginalImage {
  readonly sha256: Sha256 | null
  readonly sizeBytes: number
  readonly width: number
  readonly height: number
  readonly extension: string
  readonly source: PictureSource
}

/** The images of a project as they were imported. */
export class OriginalImages {
  readonly #project: Project
  readonly #derivations: ReadonlyMap<ImageId, Derivation>
  readonly #missing: string[] = []

  constructor(project: Project) {
    this.#project = project
    this.#derivations = new Map(listDerivations(project.db).map((each) => [each.id, each]))
  }

  /** Null where the original of the image is not in the project; `refuseMissing` names it. */
  find({ id, source }: { readonly id: ImageId; readonly source: string }): OriginalImage | null {
    const found = this.#derivations.get(id)
    if (found === undefined || found.original === null) {
      this.#missing.push(source)
      return null
    }
    const { original, page, grey, isPatch, fit, shown, sourceWidth, sourceHeight } = found
    const { sha256, kind, sizeBytes } = original
    const file = originalSource(this.#project, original)
    const whole = { width: sourceWidth, height: sourceHeight }
    if (!isPatch && original.isPlain && page === 0 && grey === null)
      return { sha256, sizeBytes, ...whole, extension: extensionOf[kind], source: { kind: 'original', file } }
    const { width, height } = isPatch ? shown : whole
    return {
      ...{ sha256: null, width, height, extension: 'png' },
      sizeBytes: width * height * this.#project.channels,
      source: { kind: 'rendered', item: { file, sourceSha256: sha256, rectangle: shown, isPatch, fit, grey, page } },
    }
  }

  /** @throws FlawsmithError `originals_missing` */
  refuseMissing(): void {
    const [first] = this.#missing
    if (first === undefined) return
    throw new FlawsmithError(
      'originals_missing',
      `${this.#missing.length} images have no original in the project; the first: ${first}. Import their folder again, which adds the originals and no images, or export at the project's size.`,
      { images: this.#missing.length, first },
    )
  }
}
