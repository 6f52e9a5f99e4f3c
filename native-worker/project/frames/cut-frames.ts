import type { SkippedFile } from '../../../contract/dataset.ts'
import { FlawsmithError } from '../../../contract/errors.ts'
import type { FrameId, ImageId } from '../../../contract/ids.ts'
import type { ImagesClient } from '../../../contract/images.ts'
import type { CropReport, PatchOptions } from '../../../contract/large-frames.ts'
import { maxMarks } from '../../../contract/marks.ts'
import { withStorageFailures } from '../../files/storage-failure.ts'
import { ExcludedImages } from '../dataset/import/excluded-images.ts'
import type { Project } from '../open-project.ts'
import { ensureClass, listClasses } from '../storage/classes.ts'
import { listFrameBoxes } from '../storage/frame-boxes.ts'
import type { Frame } from '../storage/frames.ts'
import { getFrame } from '../storage/frames.ts'
import { insertImage, recordImages } from '../storage/images.ts'
import type { NewAnswer } from '../storage/marks.ts'
import { insertAnswers } from '../storage/marks.ts'
import { finishImport, insertImport, noteImportCancelled } from '../storage/imports.ts'
import { groupPatchesOf, hasPatch } from '../storage/patches.ts'
import { inTransaction } from '../storage/query.ts'
import { assignSplits } from '../storage/splits.ts'
import { frameSource } from './frame-source.ts'
import type { PlannedPatch } from './plan-patches.ts'
import { planPatches } from './plan-patches.ts'

interface CutOptions {
  readonly project: Project
  readonly frames: readonly FrameId[]
  readonly options: PatchOptions
  /** Whose marks the boxes become. */
  readonly by: string
  readonly images: ImagesClient
  /** A cache. */
  readonly viewsFolder: string
  readonly signal: AbortSignal
  readonly onProgress: (done: number, total: number | null) => void
  /** As for an import: `ImportOptions.compare`. */
  readonly compare?: () => Promise<boolean>
}

// Small enough that a cancel is quick and a crash loses little.
const patchesAtOnce = 200

/**
 * Cuts the patches of frames into the data set, as one import. Pictures are on disk before their rows; patches that are there already –
 * of the same frame, with the same window – are left out, and so are those that a person excluded. All patches of a frame are one group, so that no split divides them.
 * Throws `frame_not_found`, `nothing_to_cut`, `disk_full`, `folder_not_writable`, `cancelled` (what was cut stays).
 */
export async function cutFrames(task: CutOptions): Promise<CropReport> {
  const { project, options, signal, onProgress } = task
  const { db } = project
  const planned = task.frames.map((frameId) => {
    const frame = getFrame(db, frameId)
    const boxes = listFrameBoxes(db, frameId)
    return { frame, boxes, patches: planPatches(frame, { boxes, options }) }
  })
  const total = planned.reduce((sum, { patches }) => sum + patches.length, 0)
  const [first] = planned
  if (total === 0 || first === undefined)
    throw new FlawsmithError(
      'nothing_to_cut',
      'There is no box on these frames, and no patches without a box are asked for. Draw a box first.',
    )
  const importId = withStorageFailures(project.folder, () =>
    insertImport(db, { folder: first.frame.folder, fit: 'crop' }),
  )
  const skipped: SkippedFile[] = []
  const counts = { patches: 0, good: 0, duplicates: 0, excluded: 0, mixed: 0 }
  const excluded = new ExcludedImages(db)
  let done = 0
  let isDivided = false
  try {
    for (const { frame, patches } of planned) {
      const absent = patches.filter(({ window }) => !hasPatch(db, { sourceSha256: frame.sha256, window }))
      const fresh = absent.filter(({ window }) => !excluded.holdsPatch({ sourceSha256: frame.sha256, window }))
      counts.duplicates += patches.length - absent.length
      counts.excluded += absent.length - fresh.length
      done += patches.length - fresh.length
      for (let start = 0; start < fresh.length; start += patchesAtOnce) {
        if (signal.aborted) {
          noteImportCancelled(db, importId)
          throw cancelled(signal)
        }
        const batch = fresh.slice(start, start + patchesAtOnce)
        const failed = await cutBatch(task, { frame, batch, importId })
        if (failed !== null) {
          skipped.push(failed)
          break
        }
        counts.patches += batch.length
        counts.good += batch.filter(({ box }) => box === null).length
        counts.mixed += batch.filter(({ isMixed }) => isMixed).length
        done += batch.length
        onProgress(done, total)
      }
    }
    isDivided = (await task.compare?.()) === true
  } finally {
    // What a cancelled cutting has recorded is divided, too.
    if (!isDivided) withStorageFailures(project.folder, () => assignSplits(db))
  }
  const classes = Object.fromEntries(listClasses(db).map(({ name, images }) => [name, images]))
  const report: CropReport = {
    frames: planned.length,
    boxes: planned.reduce((sum, { boxes }) => sum + boxes.length, 0),
    ...counts,
    skipped,
    classes,
  }
  withStorageFailures(project.folder, () =>
    finishImport(db, importId, {
      folder: first.frame.folder,
      imported: counts.patches,
      duplicates: counts.duplicates,
      skipped,
      classes,
    }),
  )
  return report
}

/** Null where the patches are in the project now, else why the frame cannot be read. */
async function cutBatch(
  { project, images, viewsFolder, by }: CutOptions,
  {
    frame,
    batch,
    importId,
  }: { readonly frame: Frame; readonly batch: readonly PlannedPatch[]; readonly importId: number },
): Promise<SkippedFile | null> {
  const { db } = project
  const cut = await images.cutPatches({
    ...frameSource(project, { frame, viewsFolder }),
    windows: batch.map(({ window, fit }) => ({ window, fit })),
    size: project.size,
    picturesFolder: project.imagesFolder,
  })
  if (!cut.ok) {
    const { reason, detail, cause } = cut
    return { path: frame.name, reason, detail, ...(cause === undefined ? {} : { cause }) }
  }
  withStorageFailures(project.folder, () =>
    inTransaction(db, () => {
      const added: ImageId[] = batch.map(({ className, window, fit }, index) => {
        const picture = cut.patches[index]
        if (picture === undefined) throw new Error(`No patch ${index} of ${frame.name}.`)
        return insertImage(db, {
          classId: ensureClass(db, className),
          importId,
          ...picture,
          sourcePath: `${frame.name}#xywh=${window.x},${window.y},${window.width},${window.height}`,
          sourceWidth: frame.width,
          sourceHeight: frame.height,
          sourceSha256: frame.sha256,
          fit,
          shown: window,
          grey: cut.grey,
          page: 0,
          isPatch: true,
          givenSplit: null,
        })
      })
      const [firstId] = added
      const lastId = added.at(-1)
      if (firstId !== undefined && lastId !== undefined) recordImages(db, { firstId, lastId, size: project.size })
      // Patches without a box stay open: that no box touches them does not say that somebody looked.
      const answers = batch.flatMap(({ marks }, index): NewAnswer[] => {
        const imageId = added[index]
        if (imageId === undefined || marks.length === 0) return []
        return [{ imageId, answer: 'marked', marks: marks.slice(0, maxMarks), undoes: null }]
      })
      insertAnswers(db, { answers, by, source: 'import' })
      groupPatchesOf(db, frame.sha256)
    }),
  )
  return null
}

const cancelled = (signal: AbortSignal): FlawsmithError =>
  new FlawsmithError('cancelled', 'The cutting was cancelled. What was cut so far stays.', {}, { cause: signal.reason })
