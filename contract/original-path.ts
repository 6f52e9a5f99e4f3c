import type { Sha256 } from './ids.ts'
import type { OriginalKind } from './originals.ts'

/** As training programs know them. */
export const extensionOf: Readonly<Record<OriginalKind, string>> = {
  png: 'png',
  jpeg: 'jpg',
  bmp: 'bmp',
  tiff: 'tif',
  webp: 'webp',
  gif: 'gif',
}

/** Where the bytes of an imported file lie in the originals folder, with `/` between names. */
export const originalPath = ({ sha256, kind }: { readonly sha256: Sha256; readonly kind: OriginalKind }): string =>
  `${sha256.slice(0, 2)}/${sha256}.${extensionOf[kind]}`
