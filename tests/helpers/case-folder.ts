import { join } from 'node:path'

/** The class folders of a case under `tests/fixtures/cases`; its README says what the right result is. */
export const caseFolder = (name: string): string => join(import.meta.dirname, '../fixtures/cases', name, 'src')
