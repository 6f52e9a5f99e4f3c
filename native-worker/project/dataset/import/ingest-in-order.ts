import type { ImagesClient, IngestedFile } from '../../../../contract/images.ts'
import { askOneByOne, isReaderDeath } from '../reader-deaths.ts'

/** While one batch is being recorded the next is on its way to the disk, and the one after it is being decoded. */
const batchesUnderWay = 3

interface Pipeline<File> {
  readonly images: ImagesClient
  readonly batches: AsyncIterable<readonly File[]>
  readonly ingest: (files: readonly File[]) => Promise<readonly IngestedFile[]>
  /** Called batch by batch, in order, with one answer a file. */
  readonly record: (files: readonly File[], answers: readonly IngestedFile[]) => void
  /** Nothing further is started once it is raised; what is under way is recorded. */
  readonly signal: AbortSignal | undefined
}

/**
 * Reads batch after batch. A file on which the reader dies is answered as damaged, and takes no other with it.
 * Throws what `ingest` throws for other reasons, what `record` throws, and `compute_died` where no reader starts.
 */
export async function ingestInOrder<File>({ images, batches, ingest, record, signal }: Pipeline<File>): Promise<void> {
  const waiting: PendingBatch<File>[] = []
  const recordOldest = async (): Promise<void> => {
    const oldest = waiting.shift()
    if (oldest === undefined) return
    const { files, answers } = oldest
    record(
      files,
      await answers.catch(async (thrown: unknown) => {
        if (!isReaderDeath(thrown)) throw thrown
        await settled(waiting)
        return askOneByOne(files, { images, ask: (file) => ingest([file]), died: readerEnded })
      }),
    )
  }
  try {
    for await (const files of batches) {
      if (signal?.aborted === true) break
      const answers = ingest(files)
      // Awaited by recordOldest, in order; until then a failure must not count as unhandled.
      answers.catch(() => undefined)
      waiting.push({ files, answers })
      if (waiting.length >= batchesUnderWay) await recordOldest()
    }
    while (waiting.length > 0) await recordOldest()
  } finally {
    await settled(waiting)
  }
}

interface PendingBatch<File> {
  readonly files: readonly File[]
  readonly answers: Promise<readonly IngestedFile[]>
}

const settled = <File>(batches: readonly PendingBatch<File>[]): Promise<unknown> =>
  Promise.allSettled(batches.map(({ answers }) => answers))

const readerEnded: IngestedFile = {
  ok: false,
  reason: 'corrupt',
  detail: 'the image reader ended while it read this file',
  cause: { name: 'reader_ended' },
}
