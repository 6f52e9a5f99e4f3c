import { beforeEach, expect, test } from 'vitest'
import type { ClassId } from '../../../../contract/ids.ts'
import type { UpliftChange } from '../../../../contract/uplift.ts'
import { renameClass } from '../../../../native-worker/project/dataset/changes/change-classes.ts'
import { importFolder } from '../../../../native-worker/project/dataset/import-folder.ts'
import type { Project } from '../../../../native-worker/project/open-project.ts'
import { decide } from '../../../../native-worker/project/review/decide.ts'
import { getClassByName } from '../../../../native-worker/project/storage/classes.ts'
import { execute } from '../../../../native-worker/project/storage/query.ts'
import { describeUplift } from '../../../../native-worker/service/uplift/describe-uplift.ts'
import { drawClassFolders } from '../../../helpers/class-folders.ts'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'
import { testImagesClient } from '../../../helpers/test-images-client.ts'
import { testProject } from '../../../helpers/test-project.ts'
import { scoreSamples, testSamples } from '../../../helpers/test-samples.ts'
import { recordVerdict } from '../../../helpers/test-verdict.ts'

let project: Project

beforeEach(async () => {
  project = testProject({ size: 16 })
  const folder = temporaryFolder()
  await drawClassFolders(folder, { good: 12, dent: 10, pit: 10 })
  await importFolder({ project, folder, fit: 'crop', images: testImagesClient() })
  execute(project.db, `UPDATE classes SET free_of_defects = 1 WHERE name = 'good'`, {})
})

const by = 'Ann'
const classId = (name: string): ClassId => getClassByName(project.db, name).id
const changed = (): readonly UpliftChange[] => describeUplift(project).changed
const alter = (sql: string): void => {
  execute(project.db, sql, {})
}
const rewrite = (change: string): void => {
  alter(`DROP TRIGGER IF EXISTS uplift_verdicts_never_change`)
  alter(`UPDATE uplift_verdicts SET result = ${change}`)
}

test('a class that is called otherwise changes nothing, and the verdict calls it as it is called now', async () => {
  await testSamples(project, { className: 'pit', count: 4 })
  recordVerdict(project, null)
  // Of two classes with as many images the one comes first that did so by its name.
  renameClass(project.db, { classId: classId('dent'), name: 'zinc dent', by })
  expect(changed()).toEqual([])
  expect(describeUplift(project).result?.classes.map(({ name }) => name)).toEqual(['good', 'zinc dent', 'pit'])
})

test('what has changed is named, and nothing else', async () => {
  const ids = await testSamples(project, { className: 'pit', count: 4 })
  const expectChange = (change: UpliftChange): void => {
    expect(changed()).toEqual([change])
    recordVerdict(project, null)
    expect(changed()).toEqual([])
  }
  recordVerdict(project, null)
  expect(changed()).toEqual([])
  alter(`UPDATE images SET state = 'excluded' WHERE id = (SELECT MIN(id) FROM images WHERE split = 'train')`)
  expectChange('images')
  alter(`UPDATE images SET split = CASE split WHEN 'train' THEN 'test' ELSE split END
         WHERE id = (SELECT MAX(id) FROM images WHERE split = 'train')`)
  expectChange('splits')
  alter(`UPDATE images SET group_id = 900 WHERE split = 'train' AND id <= 4`)
  expectChange('groups')
  decide(project, { sampleIds: ids.slice(0, 1), action: 'accept', by })
  expectChange('gated')
  scoreSamples(project, ids.slice(0, 2))
  expectChange('gated')
  decide(project, { sampleIds: ids.slice(1, 2), action: 'reject', by })
  expectChange('candidates')
  await testSamples(project, { className: 'dent', count: 2 })
  expectChange('candidates')
  alter(`UPDATE classes SET free_of_defects = 0`)
  expectChange('classes')
})

test('a decision that changes nothing of what is measured leaves the verdict as it is', async () => {
  const ids = await testSamples(project, { className: 'pit', count: 4 })
  scoreSamples(project, ids)
  recordVerdict(project, null)
  decide(project, { sampleIds: ids, action: 'accept', by })
  expect(changed()).toEqual([])
})

test('a version that measures otherwise says so, and one that kept no note says that', () => {
  recordVerdict(project, null)
  rewrite(`json_set(result, '$.basis.edition', 1)`)
  expect(changed()).toEqual(['method'])
  rewrite(`json_remove(result, '$.basis')`)
  expect(changed()).toEqual(['unknown'])
})

test('intervals of older versions are shown as far as they are possible', () => {
  recordVerdict(project, null)
  rewrite(`json_set(result, '$.arms[0].low', -110.7, '$.arms[0].high', 60)`)
  expect(describeUplift(project).result?.arms[0]).toMatchObject({ low: -80, high: 20, tooNoisy: true })
})
