import type { ClassId, ImageId, Sha256 } from '../../contract/ids.ts'
import type { Project } from '../../native-worker/project/open-project.ts'
import { ensureClass } from '../../native-worker/project/storage/classes.ts'
import { insertImage, recordImages } from '../../native-worker/project/storage/images.ts'
import { insertImport } from '../../native-worker/project/storage/imports.ts'
import { assignSplits } from '../../native-worker/project/storage/splits.ts'

export interface TestImport {
  readonly importId: number
  readonly ids: Readonly<Record<string, readonly ImageId[]>>
}

let pictures = 0

/** Rows of images as an import of class folders leaves them, without their files. */
export function testImages(
  { db, size }: Pick<Project, 'db' | 'size'>,
  classes: Readonly<Record<string, number>>,
): TestImport {
  const importId = insertImport(db, { folder: '/line', fit: 'crop' })
  const ids = Object.fromEntries(
    Object.entries(classes).map(([className, count]) => {
      const classId: ClassId = ensureClass(db, className)
      return [
        className,
        Array.from({ length: count }, (_, index) => {
          const sha256 = (pictures++).toString(16).padStart(64, '0') as Sha256
          const id = insertImage(db, {
            classId,
            importId,
            sha256,
            sizeBytes: 100,
            sourcePath: `${className}/${String(index)}.png`,
            sourceWidth: 64,
            sourceHeight: 64,
            sourceSha256: sha256,
            fit: 'crop',
            shown: { x: 0, y: 0, width: 64, height: 64 },
            grey: null,
            page: 0,
            isPatch: false,
            givenSplit: null,
          })
          recordImages(db, { firstId: id, lastId: id, size })
          return id
        }),
      ]
    }),
  )
  assignSplits(db)
  return { importId, ids }
}
