import { describe, expect, it } from 'vitest'
import { tallyPlaywright } from '../../../build/checks/read-playwright-report.ts'
import { tallyVitest } from '../../../build/checks/read-vitest-report.ts'
import { formatTally, sumTallies } from '../../../build/checks/tally.ts'

describe('the last line of a test run', () => {
  it('adds up all parts', () => {
    const total = sumTallies([
      { passed: 6, failed: 0, skipped: 0 },
      { passed: 120, failed: 2, skipped: 0 },
    ])
    expect(formatTally(total)).toBe('126 passed, 2 failed')
  })

  it('names skipped tests only where there are some', () => {
    expect(formatTally({ passed: 1, failed: 0, skipped: 3 })).toBe('1 passed, 0 failed, 3 skipped')
  })
})

describe('tallyVitest', () => {
  const counts = { numPassedTests: 4, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 }

  it('counts tests and what was left out', () => {
    const testResults = [{ status: 'failed', assertionResults: [{ status: 'failed' }] }]
    expect(tallyVitest({ ...counts, testResults })).toEqual({ passed: 4, failed: 1, skipped: 3 })
  })

  it('counts a file that could not be loaded as a failure', () => {
    const testResults = [
      { status: 'failed', assertionResults: [] },
      { status: 'passed', assertionResults: [{ status: 'passed' }] },
    ]
    expect(tallyVitest({ ...counts, numFailedTests: 0, testResults }).failed).toBe(1)
  })
})

describe('tallyPlaywright', () => {
  it('counts a flaky test and an error outside any test as failures', () => {
    const stats = { expected: 9, unexpected: 1, flaky: 1, skipped: 2 }
    expect(tallyPlaywright({ stats, errors: [{ message: 'no such file' }] })).toEqual({
      passed: 9,
      failed: 3,
      skipped: 2,
    })
  })
})
