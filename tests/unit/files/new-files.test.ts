import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { NewFiles } from '../../../native-worker/files/new-files.ts'
import { errorCodeOf } from '../../helpers/error-code.ts'
import { temporaryFolder } from '../../helpers/temporary-folder.ts'

const bytes = Buffer.from('picture')

test('writes files where they belong', () => {
  const root = temporaryFolder()
  mkdirSync(join(root, 'train/good'), { recursive: true })
  const files = new NewFiles(root)
  for (const path of ['train/good/1.png', 'train/good/2.png', 'masks.json']) files.write(path, bytes)
  for (const path of ['train/good/1.png', 'train/good/2.png', 'masks.json'])
    expect(readFileSync(join(root, path))).toEqual(bytes)
})

test('leaves what is there as it is', () => {
  const root = temporaryFolder()
  const outside = temporaryFolder()
  writeFileSync(join(root, 'a.png'), 'mine')
  symlinkSync(join(outside, 'nothing yet'), join(root, 'b.png'))
  const files = new NewFiles(root)
  for (const path of ['a.png', 'b.png']) expect(() => files.write(path, bytes)).toThrow('EEXIST')
  expect(readFileSync(join(root, 'a.png'), 'utf8')).toBe('mine')
  expect(existsSync(join(outside, 'nothing yet'))).toBe(false)
})

test('goes through no link', async () => {
  const root = temporaryFolder()
  const outside = temporaryFolder()
  mkdirSync(join(outside, 'good'))
  symlinkSync(outside, join(root, 'train'))
  for (const path of ['train/1.png', 'train/good/1.png'])
    expect(await errorCodeOf(() => new NewFiles(root).write(path, bytes))).toBe('path_outside')
  expect(readdirSync(join(outside, 'good'))).toEqual([])
  expect(readdirSync(outside)).toEqual(['good'])
})

test.each([
  '',
  '..',
  '../victim',
  'train/../../victim',
  '/etc/victim',
  'C:/victim',
  '..\\victim',
  'a.png:stream',
  'a\0b',
])('refuses %j', async (path) => {
  expect(await errorCodeOf(() => new NewFiles(temporaryFolder()).write(path, bytes))).toBe('path_outside')
})
