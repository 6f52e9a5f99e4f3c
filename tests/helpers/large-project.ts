import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { imagePath } from '../../contract/image-path.ts'
import type { Sha256 } from '../../contract/ids.ts'
import { sha256Of } from '../../native-worker/files/sha256-of.ts'
import { createProject } from '../../native-worker/project/create-project.ts'
import { openProject } from '../../native-worker/project/open-project.ts'
import { ensureClass } from '../../native-worker/project/storage/classes.ts'
import { insertImage, recordImages } from '../../native-worker/project/storage/images.ts'
import { finishImport, insertImport } from '../../native-worker/project/storage/imports.ts'
import { inTransaction } from '../../native-worker/project/storage/query.ts'
import { assignSplits } from '../../native-worker/project/storage/splits.ts'
import { rampPng } from './test-pictures.ts'

const size = 64
/** Picture files there are: many rows share one. */
const pictures = 200

/** A project with that many images in each class, as an import leaves it. */
export async function makeLargeProject(folder: string, classes: Readonly<Record<string, number>>): Promise<void> {
  createProject({ folder, size, channels: 1, sqliteBinding: null })
  const project = openProject(folder, { sqliteBinding: null })
  const { db } = project
  const files: { readonly sha256: Sha256; readonly sizeBytes: number }[] = []
  for (let index = 0; index < pictures; index++) {
    const png = await rampPng(size, size, index)
    const sha256 = sha256Of(png)
    const file = join(project.imagesFolder, imagePath(sha256))
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, png)
    files.push({ sha256, sizeBytes: png.length })
  }
  const importId = insertImport(db, { folder: '/large', fit: 'crop' })
  inTransaction(db, () => {
    for (const [className, count] of Object.entries(classes)) {
      const classId = ensureClass(db, className)
      const ids = Array.from({ length: count }, (_, index) => {
        const { sha256, sizeBytes } = files[index % pictures] as (typeof files)[number]
        return insertImage(db, {
          ...{ classId, importId, sha256, sizeBytes, sourcePath: `${className}/${index}.png` },
          ...{ sourceWidth: 200, sourceHeight: 200, sourceSha256: sha256Of(`${className} ${index}`) },
          ...{ fit: 'crop', shown: { x: 0, y: 0, width: 200, height: 200 }, grey: null, page: 0, isPatch: false },
          givenSplit: null,
        })
      })
      const [firstId] = ids
      const lastId = ids.at(-1)
      if (firstId !== undefined && lastId !== undefined) recordImages(db, { firstId, lastId, size })
    }
  })
  assignSplits(db)
  finishImport(db, importId, { folder: '/large', imported: 0, duplicates: 0, skipped: [], classes: {} })
  project.close()
}
