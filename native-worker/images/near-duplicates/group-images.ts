import type { Sha256 } from '../../../contract/ids.ts'
import type { GroupedImages, ImagesRequest } from '../../../contract/images.ts'
import { spectrumLength } from './band.ts'
import { findGroups } from './find-groups.ts'
import { orientations } from './orientations.ts'
import { SearchThreads } from './search-threads.ts'
import { readSpectraFile, writeSpectraFile } from './spectra-file.ts'

interface Running {
  /** Of the child, which its threads run, too. */
  readonly entry: string
  readonly signal: AbortSignal
  readonly onProgress: (done: number, total: number) => void
}

/**
 * Which of the stored pictures show the same part. Spectra of pictures that were read before come from `spectraFile`, which holds those of
 * `images` when this returns.
 * @throws FlawsmithError `disk_full`, `folder_not_writable`; and what `signal` gives as its reason
 */
export async function groupImages(
  { images, imagesFolder, spectraFile, threshold }: Extract<ImagesRequest, { kind: 'group' }>,
  { entry, signal, onProgress }: Running,
): Promise<GroupedImages> {
  const count = images.length
  const spectra = new Int8Array(new SharedArrayBuffer(Math.max(1, count) * spectrumLength))
  const known = await readSpectraFile(spectraFile)
  const pictures = images.flatMap((sha256, index) => {
    const spectrum = known.get(sha256)
    if (spectrum === undefined) return [{ index, sha256 }]
    spectra.set(spectrum, index * spectrumLength)
    return []
  })
  const total = pictures.length + count
  let done = 0
  const onDone = (more: number): void => {
    // What is looked at again is not known before.
    onProgress((done = Math.min(total, done + more)), total)
  }
  const threads = new SearchThreads({ entry, signal })
  try {
    const unread = await threads.read({ spectra, imagesFolder, pictures, onDone })
    if (pictures.length > unread.length || known.size !== count)
      await keepSpectra(spectraFile, { images, spectra, unread: new Set(unread) })
    const { groups, pairs } = await findGroups({
      spectra,
      count,
      threshold,
      findPairs: (some) => threads.findPairs({ ...some, threshold, onDone }),
    })
    return {
      groups: groups.map((members) =>
        members.map(({ image, correlation, orientation }) => ({
          image,
          correlation: Math.max(0, Math.min(1, Number(correlation.toFixed(3)))),
          orientation: orientations[orientation] ?? 'same',
        })),
      ),
      pairs,
      unread,
    }
  } finally {
    await threads.close()
  }
}

async function keepSpectra(
  file: string,
  {
    images,
    spectra,
    unread,
  }: { readonly images: readonly Sha256[]; readonly spectra: Int8Array; readonly unread: ReadonlySet<number> },
): Promise<void> {
  if (unread.size === 0) return writeSpectraFile(file, { images, spectra })
  const kept = [...images.keys()].filter((index) => !unread.has(index))
  const readable = new Int8Array(kept.length * spectrumLength)
  kept.forEach((index, place) => {
    readable.set(spectra.subarray(index * spectrumLength, (index + 1) * spectrumLength), place * spectrumLength)
  })
  return writeSpectraFile(file, { images: kept.flatMap((index) => images[index] ?? []), spectra: readable })
}
