import { expect, test } from 'vitest'
import type { HealthFinding } from '../../../../renderer/features/training/health.ts'
import { healthText } from '../../../../renderer/features/training/health-text.ts'

test('a finding reads as a sentence with its class and its figures', () => {
  const finding: HealthFinding = { kind: 'classCollapsed', className: 'pit', share: 0.21 }
  expect(healthText(finding)).toMatch(/^pit has collapsed: 21% /)
  expect(healthText({ kind: 'coverageFallen', share: 0.25, bestStep: 1200 })).toContain('25% of its best (step 1,200)')
  const last = { step: 1260, toStep: 1200, quantity: 'dLoss', value: null }
  const rolledBack: HealthFinding = { kind: 'lossesRolledBack', times: 1, last }
  expect(healthText(rolledBack)).toContain(
    'at step 1,260 (D loss was no longer a finite number), went back to step 1,200 and',
  )
  expect(healthText({ ...rolledBack, times: 2 })).toContain('2 times, last at step 1,260 (D loss')
  expect(healthText({ ...rolledBack, last: { ...last, value: 23456 } })).toContain('(D loss was 23,500)')
  expect(healthText({ ...rolledBack, last: { ...last, quantity: null } })).toContain('at step 1,260, went back')
  expect(healthText({ kind: 'lossesFine' })).not.toContain('{{')
})
