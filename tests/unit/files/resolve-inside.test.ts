import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { resolveFolderInside, resolveInside } from '../../../native-worker/files/resolve-inside.ts'
import { errorCodeOf } from '../../helpers/error-code.ts'
import { temporaryFolder } from '../../helpers/temporary-folder.ts'

test('gives the path of what is there and of what is not there yet', () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'runs/2'), { recursive: true })
  writeFileSync(join(folder, 'runs/2/set.bin'), '')
  expect(resolveFolderInside(folder, 'runs/2')).toBe(join(folder, 'runs/2'))
  expect(resolveInside(folder, 'runs/2/set.bin')).toBe(join(folder, 'runs/2/set.bin'))
  expect(resolveInside(folder, 'runs/3/checkpoints/step.safetensors')).toBe(
    join(folder, 'runs/3/checkpoints/step.safetensors'),
  )
  expect(resolveInside(join(folder, 'gone'), 'a')).toBe(join(folder, 'gone/a'))
})

test('refuses a folder in the place of a file, and a file in the place of a folder', async () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'task.json'))
  writeFileSync(join(folder, 'runs'), '')
  expect(await errorCodeOf(() => resolveInside(folder, 'task.json'))).toBe('wrong_kind_of_file')
  expect(await errorCodeOf(() => resolveFolderInside(folder, 'runs'))).toBe('wrong_kind_of_file')
  expect(await errorCodeOf(() => resolveInside(folder, 'runs/1/task.json'))).toBe('wrong_kind_of_file')
})

test.each([
  '',
  '.',
  '..',
  '../victim',
  'runs/../../victim',
  'runs/./2',
  'runs//2',
  '/etc/passwd',
  'C:/Windows',
  '..\\victim',
  'runs\\..\\..\\victim',
  'image.png:stream',
  'a\0b',
])('refuses %j', async (path) => {
  expect(await errorCodeOf(() => resolveInside(temporaryFolder(), path))).toBe('path_outside')
})

test('refuses a link at any place of the path, wherever it leads', async () => {
  const folder = temporaryFolder()
  const outside = temporaryFolder()
  mkdirSync(join(folder, 'runs'))
  writeFileSync(join(outside, 'thesis.txt'), 'mine')
  symlinkSync(outside, join(folder, 'images'))
  symlinkSync(join(outside, 'thesis.txt'), join(folder, 'runs/set.bin'))
  symlinkSync(join(outside, 'nothing yet'), join(folder, 'runs/dangling'))
  symlinkSync('runs', join(folder, 'inside'))
  for (const path of ['images', 'images/thesis.txt', 'images/new/file', 'runs/set.bin', 'runs/dangling', 'inside/2'])
    expect([path, await errorCodeOf(() => resolveInside(folder, path))]).toEqual([path, 'path_outside'])
})

test('a project may lie behind a link: only what is in it counts', () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'real/images'), { recursive: true })
  symlinkSync('real', join(folder, 'project'))
  expect(resolveInside(join(folder, 'project'), 'images/ab/picture.png')).toBe(
    join(folder, 'project/images/ab/picture.png'),
  )
})
