import { expect, test } from 'vitest'
import { freeExportName } from '../../../../renderer/features/export/export-folder-name.ts'

test('a second export within the minute is proposed under a name that is free', () => {
  const now = new Date(2026, 10, 22, 14, 5)
  const written = new Set<string>()
  const propose = (): string => freeExportName('Line 3', { now, isTaken: (name) => written.has(name) })
  for (const expected of ['', '-2', '-3']) {
    expect(propose()).toBe(`Line-3-balanced-20261122-1405${expected}`)
    written.add(propose())
  }
})

test('the name of a long project keeps its date and number', () => {
  const proposed = freeExportName('x'.repeat(80), {
    now: new Date(2026, 10, 22, 14, 5),
    isTaken: (name) => !name.endsWith('-12'),
  })
  expect(proposed).toMatch(/^x+-balanced-20261122-1405-12$/)
  expect(proposed.length).toBeLessThanOrEqual(80)
})
