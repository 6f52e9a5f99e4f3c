import { afterAll, beforeAll, expect, test } from 'vitest'
import { planExport } from '../../../../native-worker/project/export/plan-export.ts'
import { makeReviewedProject, type ReviewedProject } from '../../../helpers/reviewed-project.ts'

let reviewed: ReviewedProject

beforeAll(async () => {
  reviewed = await makeReviewedProject()
}, 60_000)
afterAll(() => reviewed.remove())

test('an export without synthetic images takes no accepted sample and lacks none', () => {
  const { project } = reviewed.copy()
  const taken = (target: 'max' | 'none'): number[] =>
    planExport(project, { layout: 'imagefolder', target }).classes.map(({ synthetic }) => synthetic)
  expect(taken('max')).toContain(1)
  expect(taken('none').every((count) => count === 0)).toBe(true)
  const { classes } = planExport(project, { layout: 'imagefolder', target: 'none' })
  expect(classes.every(({ missing }) => missing === 0)).toBe(true)
})
