import { cpSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { SampleId } from '../../contract/ids.ts'
import { createProject } from '../../native-worker/project/create-project.ts'
import { importFolder } from '../../native-worker/project/dataset/import-folder.ts'
import { writeExport } from '../../native-worker/project/export/write-export.ts'
import { openProject } from '../../native-worker/project/open-project.ts'
import type { Project } from '../../native-worker/project/open-project.ts'
import { decide } from '../../native-worker/project/review/decide.ts'
import { undo } from '../../native-worker/project/review/undo.ts'
import { ensureClass } from '../../native-worker/project/storage/classes.ts'
import { lockSplits } from '../../native-worker/project/storage/splits.ts'
import { createImagesClient } from '../../native-worker/service/children/images-client.ts'
import { drawClassFolders } from './class-folders.ts'
import { imagesChildEntry } from './test-images-client.ts'
import { testSamples } from './test-samples.ts'
import { temporaryFolder } from './temporary-folder.ts'

export const exportWish = { layout: 'imagefolder', target: 'max' } as const

export interface ReviewedProject {
  /** A copy for one test, open until it is over. */
  readonly copy: () => { readonly project: Project; readonly out: string }
  readonly remove: () => Promise<void>
}

/**
 * Imported, generated, decided, exported: good 1–6 and pit 7–9 are real, of the three samples of pit the first was accepted,
 * the second rejected, the third rejected and taken back. Class 3, stain, is empty.
 */
export async function makeReviewedProject(): Promise<ReviewedProject> {
  const root = await mkdtemp(join(tmpdir(), 'flawsmith-record-'))
  const template = join(root, 'project')
  createProject({ folder: template, size: 32, channels: 1, sqliteBinding: null })
  const project = openProject(template, { sqliteBinding: null })
  const images = createImagesClient({
    node: process.execPath,
    entry: imagesChildEntry,
    onLog: (text) => process.stderr.write(text),
  })
  await drawClassFolders(join(root, 'source'), { good: 6, pit: 3 })
  await importFolder({ project, folder: join(root, 'source'), fit: 'crop', images })
  lockSplits(project.db, { run: null })
  ensureClass(project.db, 'stain')
  const [first, second, third] = (await testSamples(project, { className: 'pit', count: 3 })) as SampleId[]
  decide(project, { sampleIds: [first as SampleId], action: 'accept', by: 'Ann' })
  decide(project, { sampleIds: [second as SampleId], action: 'reject', reason: 'copy', by: 'Ann' })
  decide(project, { sampleIds: [third as SampleId], action: 'reject', reason: 'artefact', by: 'Ben' })
  undo(project.db, { by: 'Ben' })
  await writeExport({ project, images, viewsFolder: join(root, 'views'), folder: join(root, 'out'), ...exportWish })
  images.close()
  project.close()
  return {
    copy: () => {
      const folder = temporaryFolder()
      cpSync(template, join(folder, 'project'), { recursive: true })
      cpSync(join(root, 'out'), join(folder, 'out'), { recursive: true })
      const copied = openProject(join(folder, 'project'), { sqliteBinding: null })
      onTestFinished(() => copied.close())
      return { project: copied, out: join(folder, 'out') }
    },
    remove: () => rm(root, { recursive: true }),
  }
}

/** What a person with a database tool can do who knows of the triggers and puts them back. */
export function editPastFlawsmith({ db }: Project, edit: string | (() => void)): void {
  const triggers = db.prepare(`SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'`).all() as {
    name: string
    sql: string
  }[]
  db.pragma('foreign_keys = OFF')
  for (const { name } of triggers) db.exec(`DROP TRIGGER ${name}`)
  if (typeof edit === 'string') db.exec(edit)
  else edit()
  for (const { sql } of triggers) db.exec(sql)
  db.pragma('foreign_keys = ON')
}
