import { readSplits } from '../storage/splits.ts'
import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { ChainHead, ExportPlan } from '../../../contract/export.ts'
import type { Project } from '../open-project.ts'
import { syncFiles } from './sync-tree.ts'
import type { ExportWish, WrittenFile } from './draft-export.ts'
import { exportJson, exportJsonName } from './export-json.ts'
import { layouts } from './layouts/all-layouts.ts'
import { manifestCsv } from './manifest.ts'
import { runsInExport } from './runs-in-export.ts'
import { syntheticMasks } from './synthetic-masks.ts'
import type { WrittenPretraining } from './pretraining/write-pretraining.ts'
import { renderReport } from './report/render-report.ts'

interface Documents {
  readonly plan: ExportPlan
  readonly files: readonly WrittenFile[]
  readonly wish: ExportWish
  readonly pretraining: WrittenPretraining | null
  /** Where they are written. */
  readonly folder: string
  /** Of the finished export. */
  readonly name: string
  readonly createdAt: string
  readonly record: ChainHead
}

/**
 * Everything in an export but the pictures: its trail (manifest, report, `export.json`), what the layout adds, and the
 * sums over all of it.
 * @returns the hashes of the manifest and of the sums
 */
export async function writeDocuments(
  project: Project,
  { plan, files, wish, pretraining, folder, name, createdAt, record }: Documents,
): Promise<{ readonly manifestSha256: string; readonly sumsSha256: string }> {
  const manifest = manifestCsv(files)
  const manifestSha256 = sha256Of(manifest)
  const classFolders = new Map(plan.classes.map((each) => [each.name, each.folder]))
  const documents = [
    { path: 'manifest.csv', text: manifest },
    { path: 'report.html', text: await renderReport(project, { plan, files, name, createdAt, record }) },
    {
      path: exportJsonName,
      text: exportJson({
        createdAt,
        project: project.describe(),
        wish,
        split: readSplits(project.db),
        plan,
        runs: runsInExport(project.db, files),
        record,
        manifestSha256,
      }),
    },
    ...syntheticMasks(project.db, { files, classNames: plan.classes.map((each) => each.name) }),
    ...layouts[plan.layout].documents({ pictures: files, classFolders, plan }),
    ...(pretraining?.documents ?? []),
  ]
  const sums = [
    ...files,
    ...(pretraining?.pictures ?? []),
    ...documents.map(({ path, text }) => ({ path, sha256: sha256Of(text) })),
  ]
    .map(({ path, sha256 }) => `${sha256}  ${path}\n`)
    .join('')
  const written = [...documents, { path: 'SHA256SUMS', text: sums }]
  for (const { path, text } of written) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  await syncFiles(written.map(({ path }) => join(folder, path)))
  return { manifestSha256, sumsSha256: sha256Of(sums) }
}

const sha256Of = (text: string): string => createHash('sha256').update(text).digest('hex')
