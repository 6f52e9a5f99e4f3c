import { describe, expect, test } from 'vitest'
import { RejectReason } from '../../../../contract/samples.ts'
import type { PressedKey } from '../../../../renderer/features/review/review-keys.ts'
import { commandOf, reasonKeys } from '../../../../renderer/features/review/review-keys.ts'

const press = (key: string, more: Partial<PressedKey> = {}): PressedKey => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  repeat: false,
  ...more,
})

describe('commandOf', () => {
  test.each([
    ['a', { kind: 'accept' }],
    ['A', { kind: 'accept' }],
    ['r', { kind: 'reject', reason: 'unspecified' }],
    ['3', { kind: 'reject', reason: 'artefact' }],
    ['u', { kind: 'undo' }],
    ['g', { kind: 'toggle-view' }],
    ['Enter', { kind: 'toggle-view' }],
    ['ArrowLeft', { kind: 'move', key: 'ArrowLeft' }],
  ])('%s', (key, command) => {
    expect(commandOf(press(key))).toEqual(command)
  })
  test('Ctrl+Z undoes, Ctrl+A selects all; Ctrl+R and Alt+A mean nothing here', () => {
    expect(commandOf(press('z', { ctrlKey: true }))).toEqual({ kind: 'undo' })
    expect(commandOf(press('a', { ctrlKey: true }))).toEqual({ kind: 'select-all' })
    expect(commandOf(press('r', { metaKey: true }))).toBeNull()
    expect(commandOf(press('a', { altKey: true }))).toBeNull()
  })
  test('a held key moves but never decides', () => {
    expect(commandOf(press('ArrowDown', { repeat: true }))).toEqual({ kind: 'move', key: 'ArrowDown' })
    for (const key of ['a', 'r', '1', 'u']) expect(commandOf(press(key, { repeat: true }))).toBeNull()
  })
  test('every reason has one key', () => {
    expect(reasonKeys.map(({ reason }) => reason).toSorted()).toEqual([...RejectReason.options].toSorted())
    expect(new Set(reasonKeys.map(({ key }) => key)).size).toBe(reasonKeys.length)
  })
})
