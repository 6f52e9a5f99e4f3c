import { expect, test } from 'vitest'
import type { HealthFinding } from '../../../../renderer/features/training/health-finding.ts'
import type { ClassLikeness } from '../../../../contract/class-likeness.ts'
import { healthText } from '../../../../renderer/features/training/health-text.ts'

test('a finding reads as a sentence with its class and its figures', () => {
  const finding: HealthFinding = { kind: 'classCollapsed', className: 'pit', share: 0.21, images: 32 }
  expect(healthText(finding)).toMatch(/^pit has collapsed: 21% of the variety of 32 real images/)
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

const pit: ClassLikeness = {
  className: 'pit',
  images: 32,
  coverage: 0.12,
  coverageFloor: 0.92,
  distance: 8.6,
  floor: 3.1,
  contrast: 0.04,
  sharpness: 0.02,
  trend: 'settled',
  alikeAtStep: null,
  verdict: 'far',
}

test('every statement on likeness has its figure, what it is held against, and how many images were compared', () => {
  const far = healthText({ kind: 'classFar', worst: pit })
  expect(far).toContain(
    '12% of 32 real images have a sample like them, real images among themselves 92% (wanted: 46% or more)',
  )
  expect(far).toContain('distance 8.6, real images among themselves 3.1 (wanted: 6.2 or less)')
  expect(far).toContain('no longer gets better')
  expect(healthText({ kind: 'classFlat', worst: pit })).toMatch(/^pit is .*4% of the contrast of 32 real images/)
  expect(healthText({ kind: 'classUnmeasured', worst: { ...pit, images: 4 } })).toContain(
    '4 real images, 10 are needed',
  )
  const mean = { ...pit, className: null, images: 60 }
  expect(
    healthText({ kind: 'likenessFine', classes: [mean, pit, { ...pit, className: 'good', distance: 9 }] }),
  ).toMatch(/all 2 classes .* Farthest is good: /)
  for (const kind of ['classFar', 'classUnlike', 'classBlurred', 'classRising', 'classFlat'] as const) {
    expect(healthText({ kind, worst: mean })).not.toMatch(/{{|null|undefined|Nothing to do/)
  }
})
