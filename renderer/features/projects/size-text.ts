import { expectationAt } from '../../../contract/size-expectations.ts'
import { formatShare } from '../../i18n/format.svelte.ts'
import { t } from '../../i18n/translate.svelte.ts'

/** What to expect of samples of this size, where that was measured. */
export function sizeText(size: number): string {
  const expected = expectationAt(size)
  if (expected === null) return t('size.notMeasured', { size })
  const { minutes, coverage, coverageOfReal, sets } = expected
  return t('size.measured', {
    ...{ size, minutes, sets },
    least: formatShare(coverage.least),
    most: formatShare(coverage.most),
    real: formatShare(coverageOfReal),
  })
}
