import fc from 'fast-check'
import { expect, test } from 'vitest'
import { portableName, portableNames } from '../../../../native-worker/project/export/portable-names.ts'

test.each([
  ['scratch', 'scratch'],
  ['划痕', '划痕'],
  ["it's 5 µm", "it's 5 µm"],
  ['rolled-in_scale', 'rolled-in_scale'],
  ['a/b\\c:d*"?', 'a_b_c_d___'],
  ['..', '__'],
  ['.hidden', '_hidden'],
  ['dots...', 'dots___'],
  ['CON', '_CON'],
  ['lpt1.x', '_lpt1.x'],
  ['a\nb', 'a_b'],
  ['', '_'],
])('%j becomes %j', (name, portable) => {
  expect(portableName(name)).toBe(portable)
})

test('any name becomes one that is legal everywhere, short enough and stable', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 120 }), (name) => {
      const portable = portableName(name)
      // eslint-disable-next-line no-control-regex -- control characters are what must not be there
      expect(portable).toMatch(/^[^<>:"/\\|?*\u0000-\u001f]+$/u)
      expect(portable).not.toMatch(/[. ]$|^\.|^ /)
      expect(Buffer.byteLength(portable)).toBeLessThanOrEqual(200)
      expect(portableName(portable)).toBe(portable)
    }),
  )
})

test('names that would meet are numbered, on file systems that ignore case too', () => {
  expect([...portableNames(['a/b', 'a:b', 'A_B', 'a_b_2']).values()]).toEqual(['a_b', 'a_b_2', 'A_B_3', 'a_b_2_2'])
})
