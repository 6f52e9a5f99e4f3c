import { expect, test } from 'vitest'
import { canonicalJson } from '../../../../native-worker/project/storage/canonical-json.ts'

test('equal values give equal bytes whatever order they were built in', () => {
  expect(canonicalJson({ b: 'é"', a: 1, c: null })).toBe('{"a":1,"b":"é\\"","c":null}')
  expect(canonicalJson({ c: null, a: 1, b: 'é"' })).toBe(canonicalJson({ b: 'é"', a: 1, c: null }))
})

test('lists keep their order, values inside values are sorted too', () => {
  expect(canonicalJson({ z: [2, { b: true, a: [] }, 'x'], a: {} })).toBe('{"a":{},"z":[2,{"a":[],"b":true},"x"]}')
})
