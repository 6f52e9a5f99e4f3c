import type { ImportReport } from '../../../../contract/dataset.ts'

/** Whether an import did anything else than what was asked. */
export const isWorthReading = ({ skipped, reading }: ImportReport): boolean =>
  skipped.length > 0 ||
  (reading !== undefined && (reading.cutDown !== null || reading.otherSplit > 0 || reading.emptyClasses.length > 0))
