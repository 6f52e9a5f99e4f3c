import type PQueue from 'p-queue'
import sharp from 'sharp'
import type { Sha256 } from '../../contract/ids.ts'
import type { FoundDefects, ImagesRequest } from '../../contract/images.ts'
import { findDefects, finderEdge } from '../metrics/defect-finder/find-defects.ts'
import type { PatchBank } from '../metrics/defect-finder/patch-bank.ts'
import { makePatchBank } from '../metrics/defect-finder/patch-bank.ts'
import { readStoredPicture } from './read-stored-picture.ts'

type ProposeRequest = Extract<ImagesRequest, { kind: 'proposeDefects' }>

/** Of the pictures without defects that were asked about last: seconds to make, and the same for a whole class. */
let kept: { readonly key: string; readonly bank: Promise<PatchBank> } | null = null

/** For each picture, in order. @throws FlawsmithError `image_missing`, `training_set_changed` */
export async function proposeDefects(request: ProposeRequest, queue: PQueue): Promise<FoundDefects[]> {
  const bank = request.good.length === 0 ? null : await bankOf(request, queue)
  const found: FoundDefects[] = []
  for (const sha256 of request.pictures) {
    const pixels = await decodeForFinder({ sha256, className: request.className }, request.imagesFolder)
    found.push(
      findDefects(pixels, bank).map(({ x, y, width, height }) => ({
        left: x / finderEdge,
        top: y / finderEdge,
        right: (x + width) / finderEdge,
        bottom: (y + height) / finderEdge,
      })),
    )
  }
  return found
}

function bankOf({ good, goodClassName, imagesFolder }: ProposeRequest, queue: PQueue): Promise<PatchBank> {
  const key = [imagesFolder, ...good].join('\n')
  if (kept?.key === key) return kept.bank
  const decode = (sha256: Sha256): Promise<Uint8Array> =>
    queue.add(() => decodeForFinder({ sha256, className: goodClassName }, imagesFolder))
  const bank = Promise.all(good.map(decode)).then((pictures) => makePatchBank(pictures, { edge: finderEdge, seed: 1 }))
  kept = { key, bank }
  // The next request tries again: a picture may have been copied back.
  bank.catch(() => {
    if (kept?.key === key) kept = null
  })
  return bank
}

async function decodeForFinder(
  picture: { readonly sha256: Sha256; readonly className: string },
  imagesFolder: string,
): Promise<Uint8Array> {
  const bytes = await readStoredPicture(picture, imagesFolder)
  return await sharp(bytes).resize(finderEdge, finderEdge, { fit: 'fill' }).toColourspace('b-w').raw().toBuffer()
}
