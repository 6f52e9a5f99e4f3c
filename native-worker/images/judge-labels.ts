import type PQueue from 'p-queue'
import sharp from 'sharp'
import type { ImagesRequest } from '../../contract/images.ts'
import type { JudgedLabels } from '../../contract/label-check.ts'
import { describedEdge, describePicture } from '../metrics/label-check/describe-picture.ts'
import { judgeLabels } from '../metrics/label-check/judge-labels.ts'
import { readStoredPicture } from './read-stored-picture.ts'

type JudgeRequest = Extract<ImagesRequest, { kind: 'judgeLabels' }>

/** Reads every picture and judges the labels. @throws what `signal` gives as its reason */
export async function judgePictures(
  { pictures, imagesFolder }: JudgeRequest,
  {
    queue,
    signal,
    onProgress,
  }: {
    readonly queue: PQueue
    readonly signal: AbortSignal
    readonly onProgress: (done: number, total: number) => void
  },
): Promise<JudgedLabels> {
  const total = pictures.length * 2
  let done = 0
  const described = await Promise.all(
    pictures.map((picture) =>
      queue.add(async () => {
        signal.throwIfAborted()
        const descriptor = await describeStored(picture, imagesFolder)
        if (++done % 50 === 0) onProgress(done, total)
        return descriptor
      }),
    ),
  )
  const readable = described.flatMap((descriptor, index) => (descriptor === null ? [] : [{ index, descriptor }]))
  const verdict = judgeLabels(
    readable.map(({ index }) => ({ label: pictures[index]?.label ?? 0, group: pictures[index]?.group ?? null })),
    {
      descriptors: readable.map(({ descriptor }) => descriptor),
      onProgress: (judged) => {
        signal.throwIfAborted()
        onProgress(pictures.length + judged, total)
      },
    },
  )
  const indexOf = (image: number): number => readable[image]?.index ?? 0
  return {
    suspects: verdict.suspects.map((suspect) => ({ ...suspect, image: indexOf(suspect.image) })),
    outliers: verdict.outliers.map((outlier) => ({ ...outlier, image: indexOf(outlier.image) })),
    tooSmall: verdict.tooSmall,
    unclear: verdict.unclear,
    unread: described.flatMap((descriptor, index) => (descriptor === null ? [index] : [])),
  }
}

/** Null where the file is gone or is another: `verify` names it. */
async function describeStored(
  { sha256 }: JudgeRequest['pictures'][number],
  imagesFolder: string,
): Promise<Float32Array | null> {
  try {
    const bytes = await readStoredPicture({ sha256, className: '' }, imagesFolder)
    const pixels = await sharp(bytes)
      .resize(describedEdge, describedEdge, { fit: 'fill' })
      .toColourspace('b-w')
      .raw()
      .toBuffer()
    return describePicture(pixels)
  } catch (thrown) {
    if (thrown instanceof Error) return null
    throw thrown
  }
}
