import { readSplits } from '../storage/splits.ts'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { ChainHead, ExportPlan } from '../../../contract/export.ts'
import { sha256Of } from '../../files/sha256-of.ts'
import type { Project } from '../open-project.ts'
import type { ExportWish, WrittenFile } from './draft-export.ts'
import { exportJson, exportJsonName } from './export-json.ts'
import { layouts } from './layouts/all-layouts.ts'
import type { LayoutDocument } from './layouts/layout.ts'
import { manifestCsv } from './manifest.ts'
import { runsInExport } from './runs-in-export.ts'
import { syntheticMasks } from './synthetic-masks.ts'
import type { WrittenPretraining } from './pretraining/write-pretraining.ts'
import { renderReport } from './report/render-report.ts'

interface Content {
  readonly plan: ExportPlan
  readonly files: readonly WrittenFile[]
  readonly wish: ExportWish
  /** Of the finished export. */
  readonly name: string
  readonly createdAt: string
  readonly record: ChainHead
}

interface Documents {
  readonly documents: readonly LayoutDocument[]
  readonly manifestSha256: string
}

/**
 * What an export says besides its pictures: its trail (manifest, report, `export.json`) and what the layout adds. Needs the hashes of the
 * pictures, and none of their copies.
 */
export async function composeDocuments(
  project: Project,
  { plan, files, wish, name, createdAt, record }: Content,
): Promise<Documents> {
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
  ]
  return { documents, manifestSha256 }
}

/**
 * Writes them, and the sums over all of an export.
 * @returns what was written, not yet synced, and the hash of the sums
 */
export async function writeDocuments(
  folder: string,
  {
    files,
    documents,
    pretraining,
  }: Pick<Documents, 'documents'> & {
    readonly files: readonly WrittenFile[]
    readonly pretraining: WrittenPretraining | null
  },
): Promise<{ readonly paths: readonly string[]; readonly sumsSha256: string }> {
  const all = [...documents, ...(pretraining?.documents ?? [])]
  const sums = [
    ...files,
    ...(pretraining?.pictures ?? []),
    ...all.map(({ path, text }) => ({ path, sha256: sha256Of(text) })),
  ]
    .map(({ path, sha256 }) => `${sha256}  ${path}\n`)
    .join('')
  const written = [...all, { path: 'SHA256SUMS', text: sums }]
  for (const { path, text } of written) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  return { paths: written.map(({ path }) => path), sumsSha256: sha256Of(sums) }
}
