import { realpath } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { ClassSummary, Fit, ImportReport, SkippedFile } from '../../../contract/dataset.ts'
import { FlawsmithError } from '../../../contract/errors.ts'
import type { ImageId } from '../../../contract/ids.ts'
import type { OriginalsChoice } from '../../../contract/originals.ts'
import type { IngestedFile } from '../../../contract/images.ts'
import type { ImagesClient } from '../../../contract/images.ts'
import { shownRectangle } from '../../../contract/source-rectangle.ts'
import type { SplitCounts } from '../../../contract/splits.ts'
import { ensureClass, listClasses } from '../storage/classes.ts'
import { findImageByHash, insertImage, recordImages } from '../storage/images.ts'
import { finishImport, insertImport } from '../storage/imports.ts'
import { noteOriginal } from '../storage/originals.ts'
import { inTransaction } from '../storage/query.ts'
import { assignSplits } from '../storage/splits.ts'
import { withStorageFailures } from '../../files/storage-failure.ts'
import type { Project } from '../open-project.ts'
import { assertRoomForOriginals } from './assert-room-for-originals.ts'
import { scanClassFolders } from './scan-class-folders.ts'
import type { FoundFile } from './scan-class-folders.ts'

export interface ImportOptions {
  readonly project: Project
  readonly folder: string
  readonly fit: Fit
  /** Whether the bytes of the files are kept in the project: they are if left out. */
  readonly originals?: OriginalsChoice
  readonly images: ImagesClient
  readonly signal?: AbortSignal
  readonly onProgress?: (done: number, total: number | null) => void
}

// Small enough that a cancel is quick and a crash loses little, large enough that syncs and commits cost little.
const maxBatchFiles = 200
const maxBatchBytes = 32_000_000
/** While one batch is being recorded the next is already being decoded. */
const batchesUnderWay = 2

/**
 * Imports labelled class folders. Files are on disk before their rows: a process killed at any point leaves a sound
 * project, and importing the same folder again carries on. Pictures that are already there are skipped as duplicates.
 * Throws what `scanClassFolders` throws, and `disk_space_low`, `disk_full`, `folder_not_writable`, `cancelled` (what was recorded stays).
 */
export async function importFolder({
  project,
  folder,
  fit,
  originals = 'keep',
  images,
  signal,
  onProgress,
}: ImportOptions): Promise<ImportReport> {
  const { db } = project
  onProgress?.(0, null)
  const { files, skipped: skippedByScan } = await cancellable(
    () => scanClassFolders(folder, signal ? { signal } : {}),
    signal,
  )
  if (originals === 'keep') await assertRoomForOriginals(project, files)
  const root = await realpath(folder)
  const importId = withStorageFailures(project.folder, () => insertImport(db, { folder: resolve(folder), fit }))
  const skipped: SkippedFile[] = [...skippedByScan]
  let done = 0
  let imported = 0

  const ingest = (batch: readonly FoundFile[]): Promise<readonly IngestedFile[]> =>
    images.ingest({
      files: batch.map((file) => join(root, file.path)),
      size: project.size,
      channels: project.channels,
      fit,
      imagesFolder: project.imagesFolder,
      ...(originals === 'keep' ? { originalsFolder: project.originalsFolder } : {}),
    })

  const record = (batch: readonly FoundFile[], results: readonly IngestedFile[]): void => {
    withStorageFailures(project.folder, () =>
      inTransaction(db, () => {
        const added: ImageId[] = []
        batch.forEach((file, index) => {
          const result = results[index]
          if (result === undefined) throw new Error(`No answer for ${file.path}.`)
          // Of duplicates, too: images of versions that kept nothing get their originals so.
          if (result.ok)
            noteOriginal(db, {
              ...result.original,
              sha256: result.sourceSha256,
              path: originals === 'keep' ? null : join(root, file.path),
            })
          const outcome = result.ok ? addImage(project, { file, result, importId, fit }) : skippedFile(file, result)
          if (typeof outcome === 'number') added.push(outcome)
          else skipped.push(outcome)
        })
        const [firstId] = added
        const lastId = added.at(-1)
        if (firstId !== undefined && lastId !== undefined) recordImages(db, { firstId, lastId, size: project.size })
        imported += added.length
      }),
    )
    done += batch.length
    onProgress?.(done, files.length)
  }

  onProgress?.(0, files.length)
  const waiting: PendingBatch[] = []
  const recordOldest = async (): Promise<void> => {
    const oldest = waiting.shift()
    if (oldest === undefined) return
    const { batch, results } = oldest
    const answers = await results.catch(async (thrown: unknown) => {
      if (!isDeath(thrown)) throw thrown
      // Alone, so that a file on which the reader dies takes no other file with it.
      await settled(waiting)
      return ingestOneByOne(batch, ingest)
    })
    record(batch, answers)
  }
  try {
    for (const batch of batchesOf(files)) {
      if (signal?.aborted === true) break
      const results = ingest(batch)
      // Awaited by recordOldest, in order; until then a failure must not count as unhandled.
      results.catch(() => undefined)
      waiting.push({ batch, results })
      if (waiting.length >= batchesUnderWay) await recordOldest()
    }
    while (waiting.length > 0) await recordOldest()
  } finally {
    await settled(waiting)
  }
  // What a cancelled import has recorded is divided, too.
  withStorageFailures(project.folder, () => assignSplits(db))
  if (signal?.aborted === true && done < files.length) throw cancelled(signal)

  const classes = listClasses(db)
  const report: ImportReport = {
    folder: resolve(folder),
    imported,
    duplicates: skipped.filter(({ reason }) => reason === 'duplicate' || reason === 'duplicate_in_other_class').length,
    skipped,
    classes: Object.fromEntries(classes.map(({ name, images: count }) => [name, count])),
    splits: sumSplits(classes),
  }
  withStorageFailures(project.folder, () => finishImport(db, importId, report))
  return report
}

const sumSplits = (classes: readonly ClassSummary[]): SplitCounts => ({
  train: sum(classes.map(({ splits }) => splits.train)),
  val: sum(classes.map(({ splits }) => splits.val)),
  test: sum(classes.map(({ splits }) => splits.test)),
})

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)

const skippedFile = (
  { path }: FoundFile,
  { reason, detail, cause }: Extract<IngestedFile, { ok: false }>,
): SkippedFile => ({ path, reason, detail, ...(cause === undefined ? {} : { cause }) })

/** The id of a picture that is new, or why it is skipped. */
function addImage(
  { db }: Project,
  {
    file,
    result,
    importId,
    fit,
  }: {
    readonly file: FoundFile
    readonly result: Extract<IngestedFile, { ok: true }>
    readonly importId: number
    readonly fit: Fit
  },
): ImageId | SkippedFile {
  const known = findImageByHash(db, result.sha256)
  if (known !== undefined) {
    const isSameClass = known.className === file.className
    return {
      path: file.path,
      reason: isSameClass ? 'duplicate' : 'duplicate_in_other_class',
      detail: isSameClass ? known.sourcePath : `${known.className}: ${known.sourcePath}`,
    }
  }
  return insertImage(db, {
    classId: ensureClass(db, file.className),
    importId,
    sha256: result.sha256,
    sizeBytes: result.sizeBytes,
    sourcePath: file.path,
    sourceWidth: result.sourceWidth,
    sourceHeight: result.sourceHeight,
    sourceSha256: result.sourceSha256,
    fit,
    shown: shownRectangle({ width: result.sourceWidth, height: result.sourceHeight, fit }),
    grey: null,
    page: 0,
    isPatch: false,
    givenSplit: file.split,
  })
}

interface PendingBatch {
  readonly batch: readonly FoundFile[]
  readonly results: Promise<readonly IngestedFile[]>
}

const settled = (batches: readonly PendingBatch[]): Promise<unknown> =>
  Promise.allSettled(batches.map((each) => each.results))

async function ingestOneByOne(
  batch: readonly FoundFile[],
  ingest: (batch: readonly FoundFile[]) => Promise<readonly IngestedFile[]>,
): Promise<readonly IngestedFile[]> {
  const results: IngestedFile[] = []
  for (const file of batch) {
    try {
      results.push(...(await ingest([file])))
    } catch (thrown) {
      if (!isDeath(thrown)) throw thrown
      results.push({
        ok: false,
        reason: 'corrupt',
        detail: 'the image reader ended while it read this file',
        cause: { name: 'reader_ended' },
      })
    }
  }
  return results
}

/** The reader ended, or was ended because of what it said. */
const isDeath = (thrown: unknown): boolean =>
  thrown instanceof FlawsmithError && (thrown.code === 'compute_died' || thrown.code === 'compute_answer_invalid')

function* batchesOf(files: readonly FoundFile[]): Generator<readonly FoundFile[]> {
  let batch: FoundFile[] = []
  let sizeBytes = 0
  for (const file of files) {
    if (batch.length > 0 && (batch.length >= maxBatchFiles || sizeBytes + file.sizeBytes > maxBatchBytes)) {
      yield batch
      batch = []
      sizeBytes = 0
    }
    batch.push(file)
    sizeBytes += file.sizeBytes
  }
  if (batch.length > 0) yield batch
}

const cancelled = (signal: AbortSignal): FlawsmithError =>
  new FlawsmithError(
    'cancelled',
    'The import was cancelled. What was imported so far stays.',
    {},
    { cause: signal.reason },
  )

async function cancellable<Result>(work: () => Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
  try {
    return await work()
  } catch (thrown) {
    if (signal?.aborted === true) throw cancelled(signal)
    throw thrown
  }
}
