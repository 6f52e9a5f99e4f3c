import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Sha256 } from '../../../../contract/ids.ts'
import { countClassesToLearn, ensureClass, listClasses } from '../../../../native-worker/project/storage/classes.ts'
import { insertImage } from '../../../../native-worker/project/storage/images.ts'
import { insertImport } from '../../../../native-worker/project/storage/imports.ts'
import { execute, inTransaction } from '../../../../native-worker/project/storage/query.ts'
import { testProject } from '../../../helpers/test-project.ts'

interface Drawn {
  readonly className: string
  readonly group: number | null
  readonly split: 'train' | 'val' | 'test'
  readonly isExcluded: boolean
}

const drawn = fc.record<Drawn>({
  className: fc.constantFrom('dent', 'good', 'scratch'),
  group: fc.option(fc.integer({ min: 1, max: 4 })),
  split: fc.constantFrom('train', 'val', 'test'),
  isExcluded: fc.boolean(),
})

/** Images of one group are one part, each of the others is one. */
const partsAmong = (images: readonly Drawn[]): number =>
  new Set(images.map(({ group }, index) => (group === null ? `image ${index}` : `group ${group}`))).size

test('parts are counted once, in each class and among those to learn from, and never what is excluded', () => {
  const { db } = testProject()
  const importId = insertImport(db, { folder: '/drawn', fit: 'crop' })
  let pictures = 0
  fc.assert(
    fc.property(fc.array(drawn, { maxLength: 30 }), (images) => {
      inTransaction(db, () => {
        execute(db, "UPDATE images SET state = 'excluded', group_id = NULL")
        for (const { className, group, split, isExcluded } of images) {
          const sha256 = (pictures++).toString(16).padStart(64, '0') as Sha256
          const id = insertImage(db, {
            ...{ classId: ensureClass(db, className), importId, sha256, sizeBytes: 1, sourcePath: sha256 },
            ...{ sourceWidth: 64, sourceHeight: 64, sourceSha256: sha256, fit: 'crop', grey: null, page: 0 },
            ...{ shown: { x: 0, y: 0, width: 64, height: 64 }, isPatch: false, givenSplit: split },
          })
          execute(db, 'UPDATE images SET group_id = :group, state = :state WHERE id = :id', {
            ...{ id, group },
            state: isExcluded ? 'excluded' : 'active',
          })
        }
      })
      const counted = Object.fromEntries(
        listClasses(db).map((found) => [
          found.name,
          { images: found.images, splits: found.splits, parts: found.parts },
        ]),
      )
      for (const [name, found] of Object.entries(counted)) {
        const own = images.filter(({ className, isExcluded }) => className === name && !isExcluded)
        const of = (side: string): readonly Drawn[] => own.filter(({ split }) => split === side)
        expect(found).toEqual({
          images: own.length,
          splits: { train: of('train').length, val: of('val').length, test: of('test').length },
          parts: { all: partsAmong(own), train: partsAmong(of('train')) },
        })
      }
      expect(countClassesToLearn(db)).toBe(Object.values(counted).filter((found) => found.images > 0).length)
    }),
    { numRuns: 60 },
  )
})
