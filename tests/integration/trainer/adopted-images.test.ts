import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { TrainingSet } from '../../../contract/trainer.ts'
import { adoptedImages } from '../../../native-worker/trainer/adopted-images.ts'
import { sha256Of } from '../../../native-worker/files/sha256-of.ts'
import { errorCodeOf } from '../../helpers/error-code.ts'
import { temporaryFolder } from '../../helpers/temporary-folder.ts'

/** Two classes of one picture each, 2 × 2. */
function setWithMarks(marks: Uint8Array): TrainingSet {
  const file = join(temporaryFolder(), 'marks.bin')
  writeFileSync(file, marks)
  return {
    ...{ file: 'set.bin', size: 2, channels: 1, freeOfDefects: 'good' },
    classes: [
      { name: 'good', images: 1 },
      { name: 'pit', images: 1 },
    ],
    marks: { file, sha256: sha256Of(marks) },
  }
}
const pixels = Uint8Array.of(0, 0, 0, 0, 255, 0, 0, 255)

test('images come with their marks and with whether they are free of defects', async () => {
  const [good, pit] = await adoptedImages(setWithMarks(Uint8Array.of(0, 0, 0, 0, 1, 0, 0, 1)), pixels)
  expect(good).toMatchObject({ label: 0, isFree: true })
  expect(pit).toMatchObject({ label: 1, isFree: false })
  expect([...(pit?.mark ?? [])]).toEqual([1, 0, 0, 1])
  expect([...(pit?.pixels ?? [])]).toEqual([1, -1, -1, 1])
})

test('marks that are not those the run was started with are refused', async () => {
  const set = setWithMarks(Uint8Array.of(0, 0, 0, 0, 1, 0, 0, 1))
  writeFileSync(set.marks?.file ?? '', Uint8Array.of(1, 1, 1, 1, 1, 1, 1, 1))
  expect(await errorCodeOf(() => adoptedImages(set, pixels))).toBe('training_set_changed')
  const short = setWithMarks(Uint8Array.of(0, 0, 1))
  expect(await errorCodeOf(() => adoptedImages(short, pixels))).toBe('training_set_changed')
})
