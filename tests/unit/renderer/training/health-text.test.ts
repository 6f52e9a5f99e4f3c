import { expect, test } from 'vitest'
import type { HealthFinding } from '../../../../renderer/features/training/health.ts'
import { healthText } from '../../../../renderer/features/training/health-text.ts'

test('a finding reads as a sentence with its class and its figures', () => {
  const finding: HealthFinding = { kind: 'classCollapsed', className: 'pit', share: 0.21 }
  expect(healthText(finding)).toMatch(/^pit has collapsed: 21% /)
  expect(healthText({ kind: 'coverageFallen', share: 0.25, bestStep: 1200 })).toContain('25% of its best (step 1,200)')
  const rolledBack = { kind: 'lossesRolledBack', times: 1, step: 1260, toStep: 1200 } as const
  expect(healthText(rolledBack)).toContain('at step 1,260, went back to step 1,200 and')
  expect(healthText({ ...rolledBack, times: 2 })).toContain('2 times, last at step 1,260')
  expect(healthText({ kind: 'lossesFine' })).not.toContain('{{')
})
