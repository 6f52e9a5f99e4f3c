import { join, resolve } from 'node:path'
import { caseTwins } from '../../../contract/class-name.ts'
import type { ClassSummary, Fit, ImportReport, ManyPagesFile, SkippedFile } from '../../../contract/dataset.ts'
import { FlawsmithError } from '../../../contract/errors.ts'
import type { DepthChoice } from '../../../contract/grey-depth.ts'
import type { ImageId } from '../../../contract/ids.ts'
import type { ImagesClient } from '../../../contract/images.ts'
import type { ImportWish, LayoutRemark } from '../../../contract/layouts.ts'
import { originalPath } from '../../../contract/original-path.ts'
import type { OriginalsChoice } from '../../../contract/originals.ts'
import type { SplitCounts } from '../../../contract/splits.ts'
import { importer, listClasses } from '../storage/classes.ts'
import { countCrossing } from '../storage/groups.ts'
import { listDepths, recordImages } from '../storage/images.ts'
import { finishImport, insertImport, noteImportCancelled, noteImportProgress } from '../storage/imports.ts'
import { listKeptOriginals, noteOriginal } from '../storage/originals.ts'
import { inTransaction } from '../storage/query.ts'
import type { Db } from '../storage/query.ts'
import { assignSplits } from '../storage/splits.ts'
import { removeInside } from '../../files/files-inside.ts'
import { withStorageFailures } from '../../files/storage-failure.ts'
import type { Project } from '../open-project.ts'
import { ProjectClosing } from '../project-closing.ts'
import type { Change } from './changes/change.ts'
import { changeDataset } from './changes/change-dataset.ts'
import { importMasks } from '../marks/import-masks.ts'
import { assertRoomForOriginals } from './assert-room-for-originals.ts'
import { describeDepth } from './decide-depth.ts'
import { findDepth } from './find-depth.ts'
import { CutDownCount } from './import/cut-down.ts'
import { ExcludedImages } from './import/excluded-images.ts'
import { ingestInOrder } from './import/ingest-in-order.ts'
import { OtherNames } from './import/other-names.ts'
import { planImport } from './import/plan-import.ts'
import { batchesOf, splitByManifest } from './import/planned-files.ts'
import { recordFile } from './import/record-file.ts'
import type { PlannedFile } from './layouts/layout-plan.ts'

export interface ImportOptions extends ImportWish {
  readonly project: Project
  readonly folder: string
  readonly fit: Fit
  /** `auto` if left out. */
  readonly depth?: DepthChoice
  /** Whether the bytes of the files are kept in the project: they are if left out. */
  readonly originals?: OriginalsChoice
  readonly images: ImagesClient
  readonly signal?: AbortSignal
  readonly onProgress?: (done: number, total: number | null) => void
  /**
   * Looks for images of the same part and divides with them those that are new: where the splits are locked, they go where their part
   * is. False where it could not.
   */
  readonly compare?: () => Promise<boolean>
}

/**
 * Imports a folder as its layout says. Files are on disk before their rows: a process killed at any point leaves a sound
 * project, and importing the same folder again carries on. Files that are already there are skipped as duplicates.
 * Throws what `planImport` throws, and `disk_space_low`, `disk_full`, `folder_not_writable`, `cancelled` (what was recorded stays).
 */
export async function importFolder({
  project,
  folder,
  fit,
  depth: askedDepth = 'auto',
  originals = 'keep',
  images,
  signal,
  onProgress,
  compare,
  ...wish
}: ImportOptions): Promise<ImportReport> {
  const { db } = project
  onProgress?.(0, null)
  const {
    root,
    files,
    skipped: skippedBefore,
    masks,
    reading,
  } = await cancellable(() => planImport(folder, { wish, ...(signal && { signal }) }), signal)
  if (originals === 'keep') await assertRoomForOriginals(project, files)
  const paths = files.map(({ path }) => join(root, path))
  const depth = await cancellable(() => findDepth(paths, { asked: askedDepth, images, signal }), signal)
  const earlierDepths = listDepths(db)
  const importId = withStorageFailures(project.folder, () =>
    insertImport(db, { folder: resolve(folder), fit, reading, files: files.length }),
  )
  const skipped: SkippedFile[] = [...skippedBefore]
  const cutDown = new CutDownCount(fit)
  const manyPages: ManyPagesFile[] = []
  const otherNames = new OtherNames(importId)
  const excluded = new ExcludedImages(db)
  const strays = new Set<string>()
  let done = 0
  let imported = 0
  let clipped = 0
  let otherSplit = 0
  const tell = (): void => onProgress?.(done, files.length)
  tell()

  async function* asExported(): AsyncGenerator<readonly PlannedFile[], void, undefined> {
    for (const batch of batchesOf(files)) {
      const { asExported: unchanged, changed } = await splitByManifest(batch, root)
      skipped.push(...changed)
      done += changed.length
      if (unchanged.length > 0) yield unchanged
    }
  }

  await ingestInOrder<PlannedFile>({
    images,
    batches: asExported(),
    signal,
    ingest: (batch) =>
      images.ingest({
        files: batch.map((file) => join(root, file.path)),
        size: project.size,
        channels: project.channels,
        fit,
        depth: depth?.rule ?? null,
        imagesFolder: project.imagesFolder,
        ...(originals === 'keep' ? { originalsFolder: project.originalsFolder } : {}),
      }),
    record: (batch, answers) => {
      withStorageFailures(project.folder, () =>
        inTransaction(db, () => {
          const added: ImageId[] = []
          const disputed = new Map<ImageId, SkippedFile>()
          batch.forEach((file, index) => {
            const result = answers[index]
            if (result === undefined) throw new Error(`No answer for ${file.path}.`)
            const outcome = recordFile(project, { file, result, importId, fit, excluded })
            // Of duplicates, too: images of versions that kept nothing get their originals so.
            if (result.ok && outcome.isImage)
              noteOriginal(db, {
                ...result.original,
                sha256: result.sourceSha256,
                path: originals === 'keep' ? null : join(root, file.path),
              })
            else if (result.ok && originals === 'keep')
              strays.add(originalPath({ sha256: result.sourceSha256, kind: result.original.kind }))
            if (outcome.kind === 'skipped') {
              skipped.push(outcome.file)
              if (outcome.isOtherSplit) otherSplit++
              if (outcome.disputed !== null)
                disputed.set(outcome.disputed.id, {
                  path: outcome.disputed.sourcePath,
                  reason: 'label_conflict',
                  detail: `${file.className}: ${file.path}`,
                })
              return
            }
            added.push(outcome.id)
            otherNames.add(outcome.id, { name: file.className, of: outcome.of })
            if (!result.ok) return
            cutDown.add({ path: file.path, width: result.sourceWidth, height: result.sourceHeight })
            if (result.isClipped) clipped++
            if (result.pages > 1) manyPages.push({ path: file.path, pages: result.pages, taken: result.page + 1 })
          })
          const [firstId] = added
          const lastId = added.at(-1)
          if (firstId !== undefined && lastId !== undefined) recordImages(db, { firstId, lastId, size: project.size })
          otherNames.apply(db)
          excludeDisputed(db, [...disputed.keys()])
          skipped.push(...disputed.values())
          imported += added.length - disputed.size
          noteImportProgress(db, { importId, filesDone: done + batch.length })
        }),
      )
      done += batch.length
      tell()
    },
  })
  removeStrays(project, strays)
  const isDivided = signal?.aborted !== true && (await compare?.()) === true
  // What a cancelled import has recorded is divided, too.
  if (!isDivided) withStorageFailures(project.folder, () => assignSplits(db))
  const stop = (by: AbortSignal): FlawsmithError => {
    const undone = { importId, imported, done, files: files.length }
    // Nobody wanted it to end where its project was closed.
    if (!(by.reason instanceof ProjectClosing))
      withStorageFailures(project.folder, () => {
        noteImportCancelled(db, importId)
      })
    return cutOff(undone, by)
  }
  if (signal?.aborted === true && done < files.length) throw stop(signal)

  const marks = await importMasks({ project, importId, root, masks, images, signal }).catch((thrown: unknown) => {
    throw signal?.aborted === true ? stop(signal) : thrown
  })

  const classes = listClasses(db)
  const report: ImportReport = {
    folder: resolve(folder),
    imported,
    duplicates: skipped.filter(({ reason }) => reason === 'duplicate' || reason === 'duplicate_in_other_class').length,
    skipped,
    classes: Object.fromEntries(classes.map(({ name, images: count }) => [name, count])),
    splits: sumSplits(classes),
    reading: {
      ...{ ...reading, otherSplit, cutDown: cutDown.found },
      remarks: withTwins(reading.remarks, { classes, files }),
    },
    depth: depth === null ? null : describeDepth(depth, { earlier: earlierDepths, clipped }),
    manyPages,
    namedOtherwise: otherNames.found,
    crossing: countCrossing(db),
    ...(marks === null ? {} : { marks }),
  }
  withStorageFailures(project.folder, () => finishImport(db, importId, report))
  return report
}

/** The bytes of files that turned out to be nothing new, where no image has them. */
function removeStrays({ db, folder }: Project, strays: ReadonlySet<string>): void {
  if (strays.size === 0) return
  const recorded = new Set(listKeptOriginals(db).map(originalPath))
  for (const path of strays) if (!recorded.has(path)) removeInside(folder, `originals/${path}`)
}

/** Neither class gets them until somebody has said which it is. */
function excludeDisputed(db: Db, ids: readonly ImageId[]): void {
  if (ids.length === 0) return
  const changes = ids.map((imageId): Change => ({ kind: 'exclude', imageId, after: { state: 'excluded' } }))
  changeDataset(db, { by: importer, changes, isDividedLater: true })
}

/** Also where a name of the folder differs in case only from a class that was there before. */
function withTwins(
  remarks: readonly LayoutRemark[],
  { classes, files }: { readonly classes: readonly ClassSummary[]; readonly files: readonly PlannedFile[] },
): readonly LayoutRemark[] {
  const brought = new Set(files.map(({ className }) => className.toLowerCase()))
  const names = caseTwins(classes.map(({ name }) => name)).filter((name) => brought.has(name.toLowerCase()))
  if (names.length === 0) return remarks
  return [...remarks.filter(({ kind }) => kind !== 'case_twins'), { kind: 'case_twins', names }]
}

const sumSplits = (classes: readonly ClassSummary[]): SplitCounts => ({
  train: sum(classes.map(({ splits }) => splits.train)),
  val: sum(classes.map(({ splits }) => splits.val)),
  test: sum(classes.map(({ splits }) => splits.test)),
})

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)

const cancelled = (signal: AbortSignal): FlawsmithError =>
  new FlawsmithError(
    'cancelled',
    'The import was cancelled before anything was imported.',
    {},
    { cause: signal.reason },
  )

/** Of an import that had begun: what of it is in the project, how the rest comes, and how it goes. */
function cutOff(
  part: { readonly importId: number; readonly imported: number; readonly done: number; readonly files: number },
  signal: AbortSignal,
): FlawsmithError {
  const { importId, imported, done, files } = part
  if (imported === 0 && done < files)
    return new FlawsmithError(
      'cancelled',
      `The import was cancelled after ${done} of ${files} files: no image was imported.`,
      {},
      { cause: signal.reason },
    )
  const rest = done < files ? 'Importing the folder again adds the rest' : 'Marks that lay beside them were not read'
  return new FlawsmithError(
    'cancelled',
    `The import was cancelled after ${done} of ${files} files: ${imported} imported ${imported === 1 ? 'image stays' : 'images stay'}. ${rest}; “imports undo” with its number ${importId} takes back what was imported.`,
    { import: importId, imported, done, files },
    { cause: signal.reason },
  )
}

async function cancellable<Result>(work: () => Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
  try {
    return await work()
  } catch (thrown) {
    if (signal?.aborted === true) throw cancelled(signal)
    throw thrown
  }
}
