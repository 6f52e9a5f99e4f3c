import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { expectationAt } from '../../../contract/size-expectations.ts'

test('says of a size what the study says, and nothing of a size that was not measured', () => {
  const study = readFileSync(join(import.meta.dirname, '../../../docs/studies/recipes-2026-11-22.md'), 'utf8')
  const rows = study.split('\n').filter((line) => line.startsWith('| coverage, mean over classes'))
  const ofCrgan = rows.map((row) => Number(/\| *(\d\.\d+) ±/.exec(row)?.[1])).toSorted((a, b) => a - b)
  expect(study).toContain('Every image is decoded, brought to 64 px')
  const expected = expectationAt(64)
  expect(ofCrgan).toHaveLength(expected?.sets ?? 0)
  expect([expected?.coverage.least, expected?.coverage.most]).toEqual([ofCrgan[0], ofCrgan.at(-1)])
  for (const size of [16, 32, 96, 128, 256]) expect(expectationAt(size)).toBeNull()
})
