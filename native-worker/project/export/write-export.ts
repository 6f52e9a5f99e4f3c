import { basename, dirname, join, resolve } from 'node:path'
import { FlawsmithError } from '../../../contract/errors.ts'
import type { ChainHead, ExportOutcome, ExportResult } from '../../../contract/export.ts'
import type { ImagesClient } from '../../../contract/images.ts'
import { assertAbsent } from '../assert-absent.ts'
import { assertFreeGround } from '../assert-free-ground.ts'
import type { Project } from '../open-project.ts'
import { chainHead } from '../record/chain-head.ts'
import { copyPictures } from './copy-pictures.ts'
import { draftExport, isHashed } from './draft-export.ts'
import type { ExportDraft, ExportWish, SampleOrder, WrittenFile } from './draft-export.ts'
import { changedNames } from './export-json.ts'
import { assertEnoughSpace, bytesOnDisk, freeBytesOf } from '../../files/free-space.ts'
import { classesToOrder, orderSamples } from './order-samples.ts'
import { picturesOf } from './pretraining/painting.ts'
import { writePretraining } from './pretraining/write-pretraining.ts'
import { recordExport } from './record-export.ts'
import { syncTree, syncWhenMostAreThere } from './sync-tree.ts'
import { composeDocuments, writeDocuments } from './write-documents.ts'
import { writeWholeFolder } from './write-whole-folder.ts'

interface WriteOptions extends ExportWish {
  readonly project: Project
  readonly images: ImagesClient
  /** A cache for frames. */
  readonly viewsFolder: string
  /** Must not exist yet. */
  readonly folder: string
  readonly signal?: AbortSignal
  readonly onProgress?: (done: number, total: number | null) => void
}

/**
 * Writes the pictures as the layout has them, `manifest.csv`, `report.html`, `export.json` and `SHA256SUMS`. The folder
 * appears whole or not at all. Throws `export_target_exists`, `export_nothing`, `inside_project`, `inside_export`, `disk_space_low`, `disk_full`, `folder_not_writable`,
 * `image_missing`, `originals_missing`, `verdict_missing`, `verdict_outdated`,
 * `pretraining_not_recommended`, `cancelled`.
 */
export async function writeExport({
  project,
  images,
  viewsFolder,
  folder,
  signal,
  onProgress,
  ...wish
}: WriteOptions): Promise<ExportOutcome> {
  const out = resolve(folder)
  // Before anything is ranked, which takes its time.
  await assertAbsent(out)
  assertFreeGround(out)
  // In one turn, so that no decision comes between what is exported and the record it is held against.
  const draw = (order?: SampleOrder): ExportDraft & { readonly record: ChainHead } => ({
    ...draftExport(project, wish, order),
    record: chainHead(project.db),
  })
  let drafted = draw()
  const toOrder = classesToOrder(drafted.plan, wish)
  if (toOrder.length > 0) drafted = draw(await orderSamples(project, { images, classes: toOrder }))
  const createdAt = new Date().toISOString()
  const { plan, files, painting, record } = drafted
  if (files.length === 0)
    throw new FlawsmithError('export_nothing', 'There is nothing to export yet. Import images first.', {})
  const built = await writeWholeFolder(
    out,
    { signal, whenCancelled: 'The export was cancelled; nothing of it is left.' },
    async (unfinished) => {
      const paintedBytes = painting === null ? 0 : 2 * picturesOf(painting) * painting.edge ** 2 * project.channels
      assertEnoughSpace({
        folder: out,
        neededBytes: bytesOnDisk(files.map((file) => file.sizeBytes)) + files.length * 512 + paintedBytes,
        freeBytes: await freeBytesOf(dirname(out)),
      })
      const target = unfinished.folder
      const compose = (hashed: readonly WrittenFile[]): ReturnType<typeof composeDocuments> =>
        composeDocuments(project, { plan, wish, record, createdAt, files: hashed, name: basename(out) })
      const syncSoon = syncWhenMostAreThere(target, files.length)
      const copying = copyPictures({
        ...{ project, files, images, viewsFolder, target },
        ...(signal && { signal }),
        onProgress: (done, total) => {
          syncSoon(done)
          onProgress?.(done, total)
        },
      })
      const composing = files.every(isHashed) ? compose(files) : copying.then(compose)
      // Awaited below; until then a failure must not count as unhandled.
      composing.catch(() => undefined)
      const written = await copying
      const pretraining =
        painting === null
          ? null
          : await writePretraining(project, painting, {
              ...{ images, target },
              ...(signal && { signal }),
              ...(onProgress && { onProgress }),
            })
      const { documents, manifestSha256 } = await composing
      const { paths, sumsSha256 } = await writeDocuments(target, { files: written, documents, pretraining })
      await syncTree(
        target,
        [...files, ...(pretraining?.pictures ?? [])]
          .map(({ path }) => path)
          .concat(paths)
          .map((path) => join(target, path)),
        signal,
      )
      const hashes = { manifestSha256, sumsSha256 }
      return { hashes, unfinishedBeside: unfinished.unfinishedBeside }
    },
  )
  const result: ExportResult = {
    out,
    classes: Object.fromEntries(plan.classes.map(({ name, real, synthetic }) => [name, { real, synthetic }])),
    files: files.length,
    changedNames: changedNames(plan),
    absent: plan.classes.flatMap(({ name, absentFrom }) =>
      absentFrom.length === 0 ? [] : [{ name, splits: absentFrom }],
    ),
    missing: plan.classes
      .filter(({ missing }) => missing > 0)
      .map(({ name, splits, target, missing }) => ({ name, trains: splits.train, target, missing })),
    otherSize: plan.classes.reduce((sum, { otherSize }) => sum + otherSize, 0),
    undivided: plan.undivided,
    followed: plan.followed,
    pretraining: plan.pretraining,
    unfinishedBeside: built.unfinishedBeside,
  }
  return {
    ...result,
    isRecorded: recordExport(project, { result, plan, ...built.hashes, createdAt, record }),
  }
}
