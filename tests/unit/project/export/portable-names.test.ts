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
  ['a\u{9b}b\u{202e}c', 'a_b_c'],
  [`${'x'.repeat(199)}. y`, `${'x'.repeat(199)}_`],
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
  expect([...portableNames(['a/b', 'a:b', 'A*B', 'a_b_2']).values()]).toEqual(['a_b', 'a_b_3', 'A_B_4', 'a_b_2'])
})

test('a name that needs no change keeps itself, wherever it stands', () => {
  expect([...portableNames(['ok?', 'OK', 'Ok', 'ok_', 'x', 'X', 'X_2'])]).toEqual([
    ['ok?', 'ok__2'],
    ['OK', 'OK'],
    ['Ok', 'Ok_2'],
    ['ok_', 'ok_'],
    ['x', 'x'],
    ['X', 'X_3'],
    ['X_2', 'X_2'],
  ])
})

test('any set of names stays apart, and all that can be are kept', () => {
  const name = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 8 }),
    fc.string({ unit: fc.constantFrom('x', 'X', '_', '2', '?', '.', 'é', 'e\u0301'), maxLength: 5 }),
  )
  const fold = (portable: string): string => portable.normalize('NFC').toLowerCase()
  fc.assert(
    fc.property(fc.uniqueArray(name, { maxLength: 12 }), (names) => {
      const portable = portableNames(names)
      expect(new Set([...portable.values()].map(fold)).size).toBe(names.length)
      const kept = names.filter((each) => portableName(each) === each)
      for (const each of kept)
        if (kept.filter((other) => fold(other) === fold(each)).length === 1) expect(portable.get(each)).toBe(each)
    }),
  )
})
