import { join } from 'node:path'
import { expect, test } from 'vitest'
import { relabelImages } from '../../../../../native-worker/project/dataset/changes/change-images.ts'
import { createSampleProject } from '../../../../../native-worker/project/dataset/create-sample-project.ts'
import { findLabelProblems } from '../../../../../native-worker/project/dataset/problems/find-label-problems.ts'
import { getClassByName } from '../../../../../native-worker/project/storage/classes.ts'
import { orderImages } from '../../../../../native-worker/project/storage/image-order.ts'
import { temporaryFolder } from '../../../../helpers/temporary-folder.ts'
import { testImagesClient } from '../../../../helpers/test-images-client.ts'

test('pits that somebody took for good are found in the stored pictures, and named', async () => {
  const images = testImagesClient()
  const project = await createSampleProject({ folder: join(temporaryFolder(), 'sample'), images, sqliteBinding: null })
  const { db } = project
  try {
    const pits = orderImages(db, { filter: { classId: getClassByName(db, 'pit').id }, sort: 'import' }).slice(0, 5)
    relabelImages(db, { ids: pits, classId: getClassByName(db, 'good').id, by: 'Ann' })
    const progress: number[] = []
    const check = await findLabelProblems({ project, images, onProgress: (done) => progress.push(done) })
    const found = check.suspects.filter(({ image }) => pits.includes(image.id))
    expect(check.images).toBe(368)
    expect(found.length).toBeGreaterThanOrEqual(4)
    expect(found.every(({ likelier, image }) => likelier === 'pit' && image.importedAs === 'pit')).toBe(true)
    expect(check.suspectsFound - found.length).toBeLessThanOrEqual(2)
    expect(progress.at(-1)).toBeGreaterThan(368)
  } finally {
    project.close()
  }
})
