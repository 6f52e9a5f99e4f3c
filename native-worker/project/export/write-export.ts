import { createHash } from 'node:crypto'
import { access, constants, lstat, mkdir, rename, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { FlawsmithError } from '../../../contract/errors.ts'
import type { ExportLayout, ExportPlan, ExportResult } from '../../../contract/export.ts'
import type { Project } from '../open-project.ts'
import { insertExport } from '../storage/exports.ts'
import { asStorageFailure } from '../../files/storage-failure.ts'
import { copyPictures, syncFiles } from './copy-pictures.ts'
import { draftExport } from './draft-export.ts'
import type { ExportFile, ExportWish } from './draft-export.ts'
import { assertEnoughSpace, bytesOnDisk, freeBytesOf } from './free-space.ts'
import { manifestCsv } from './manifest.ts'
import { renderReport } from './report/render-report.ts'
import { beginUnfinishedExport, clearAbandonedExports } from './unfinished-exports.ts'

interface WriteOptions extends ExportWish {
  readonly project: Project
  /** Must not exist yet. */
  readonly folder: string
  readonly layout: ExportLayout
  readonly signal?: AbortSignal
  readonly onProgress?: (done: number, total: number | null) => void
}

/**
 * Writes `train|val|test/<class>/<picture>.png`, `manifest.csv`, `report.html` and `SHA256SUMS`. The folder appears whole
 * or not at all. Throws `export_target_exists`, `export_nothing`, `disk_space_low`, `disk_full`, `folder_not_writable`,
 * `image_missing`, `cancelled`.
 */
export async function writeExport({
  project,
  folder,
  layout,
  target,
  splits,
  signal,
  onProgress,
}: WriteOptions): Promise<ExportResult> {
  const out = resolve(folder)
  await assertAbsent(out)
  const { plan, files } = draftExport(project, { target, splits })
  if (files.length === 0)
    throw new FlawsmithError('export_nothing', 'There is nothing to export yet. Import images first.', {})
  try {
    const parent = dirname(out)
    await mkdir(parent, { recursive: true })
    await access(parent, constants.W_OK)
    await clearAbandonedExports(parent)
    assertEnoughSpace({
      folder: out,
      neededBytes: bytesOnDisk(files.map((file) => file.sizeBytes)) + files.length * 512,
      freeBytes: await freeBytesOf(parent),
    })
    const unfinished = await beginUnfinishedExport(parent)
    try {
      await copyPictures({
        files,
        imagesFolder: project.imagesFolder,
        target: unfinished.folder,
        ...(signal && { signal }),
        ...(onProgress && { onProgress }),
      })
      const manifestSha256 = await writeDocuments(project, {
        plan,
        files,
        folder: unfinished.folder,
        name: basename(out),
      })
      signal?.throwIfAborted()
      await assertAbsent(out)
      await rename(unfinished.folder, out)
      const result: ExportResult = {
        out,
        classes: Object.fromEntries(plan.classes.map(({ name, real, synthetic }) => [name, { real, synthetic }])),
        files: files.length,
      }
      insertExport(project.db, { result, layout, plan, manifestSha256 })
      return result
    } finally {
      await unfinished.clear()
    }
  } catch (thrown) {
    if (signal?.aborted === true && !(thrown instanceof FlawsmithError))
      throw new FlawsmithError('cancelled', 'The export was cancelled; nothing of it is left.', {}, { cause: thrown })
    throw asStorageFailure(thrown, dirname(out))
  }
}

interface Documents {
  readonly plan: ExportPlan
  readonly files: readonly ExportFile[]
  readonly folder: string
  readonly name: string
}

/** Gives the hash of the manifest. */
async function writeDocuments(project: Project, { plan, files, folder, name }: Documents): Promise<string> {
  const manifest = manifestCsv(files)
  const report = await renderReport(project, { plan, files, name })
  const documents = [
    { path: 'manifest.csv', text: manifest },
    { path: 'report.html', text: report },
  ]
  const sums = [...files, ...documents.map(({ path, text }) => ({ path, sha256: sha256Of(text) }))]
    .map(({ path, sha256 }) => `${sha256}  ${path}\n`)
    .join('')
  const written = [...documents, { path: 'SHA256SUMS', text: sums }]
  for (const { path, text } of written) await writeFile(join(folder, path), text)
  await syncFiles(written.map(({ path }) => join(folder, path)))
  return sha256Of(manifest)
}

const sha256Of = (text: string): string => createHash('sha256').update(text).digest('hex')

async function assertAbsent(folder: string): Promise<void> {
  try {
    await lstat(folder)
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return
    throw asStorageFailure(thrown, folder)
  }
  throw new FlawsmithError('export_target_exists', `${folder} exists already. Choose a new folder for the export.`, {
    folder,
  })
}
