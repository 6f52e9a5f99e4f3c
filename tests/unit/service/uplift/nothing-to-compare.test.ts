import { expect, test } from 'vitest'
import { refuseNothingToCompare } from '../../../../native-worker/service/uplift/plan-arms.ts'
import type { UpliftInput } from '../../../../native-worker/service/uplift/uplift-input.ts'

const side = { images: [], counts: [], groups: [] }
const input: UpliftInput = {
  ...{ classes: [], train: side, validation: side, heldOut: [], test: side, absent: [], canPaint: true },
  sources: [{ name: 'transplant', recipe: 'transplant', gated: true, images: [] }],
}

test('a way that the project does not have is refused with those that it has', () => {
  expect(() => {
    refuseNothingToCompare(input, { arms: ['transplant', 'nosuch'] })
  }).toThrow('called “nosuch”. There are: transplant, painted, painted+transplant.')
  refuseNothingToCompare(input, { arms: ['painted', 'transplant'] })
  refuseNothingToCompare(input, {})
})

test('a project without any way of balancing has nothing to compare', () => {
  expect(() => {
    refuseNothingToCompare({ ...input, sources: [], canPaint: false }, {})
  }).toThrow('nothing to compare')
})
