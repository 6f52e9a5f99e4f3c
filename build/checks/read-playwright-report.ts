import type { Tally } from './tally.ts'

/** What we read of Playwright's JSON report. */
export interface PlaywrightReport {
  readonly stats: {
    readonly expected: number
    readonly unexpected: number
    readonly flaky: number
    readonly skipped: number
  }
  /** Outside any test: a file that does not load, a failing global setup. */
  readonly errors: readonly unknown[]
}

/** A test that passed only when repeated is a failure: a flaky test is a bug. */
export const tallyPlaywright = ({ stats, errors }: PlaywrightReport): Tally => ({
  passed: stats.expected,
  failed: stats.unexpected + stats.flaky + errors.length,
  skipped: stats.skipped,
})
