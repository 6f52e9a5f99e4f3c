import { expect, test } from 'vitest'
import { lastUpliftVerdict } from '../../../../native-worker/project/storage/uplift.ts'
import { testProject } from '../../../helpers/test-project.ts'
import { recordVerdict } from '../../../helpers/test-verdict.ts'

test('a measurement too small for a verdict does not take the place of one', () => {
  const project = testProject({ size: 16 })
  recordVerdict(project, null, {}, 'notMeasured')
  expect(lastUpliftVerdict(project.db)?.verdict.overall).toBe('notMeasured')
  recordVerdict(project, null)
  recordVerdict(project, null, {}, 'notMeasured')
  expect(lastUpliftVerdict(project.db)?.verdict.overall).toBe('noEvidence')
})
