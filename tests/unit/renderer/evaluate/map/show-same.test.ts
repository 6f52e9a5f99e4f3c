import { expect, test } from 'vitest'
import type { ImageId, Sha256 } from '../../../../../contract/ids.ts'
import { showSame } from '../../../../../renderer/features/evaluate/map/show-same.ts'

const point = (id: number) => ({ id: id as ImageId, sha256: String(id).padStart(64, '0') as Sha256 })

test('as many points are the same only where they show the same pictures in the same order', () => {
  expect(showSame([point(1), point(2)], [point(1), point(2)])).toBe(true)
  expect(showSame([point(1), point(3)], [point(1), point(2)])).toBe(false)
  expect(showSame([point(2), point(1)], [point(1), point(2)])).toBe(false)
  expect(showSame([point(1)], [point(1), point(2)])).toBe(false)
})
