import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it, vi } from 'vitest'
import { forgetFailure, recentFailure, rememberFailure } from '../../../build/setup/failure-note.ts'
import { temporaryFolder } from '../../helpers/temporary-folder.ts'

afterEach(() => vi.unstubAllEnvs())

it('remembers a failure of the same version for a day', async () => {
  const file = join(temporaryFolder(), 'notes/electron.json')
  expect(await recentFailure(file, 'electron 45')).toBeNull()
  await rememberFailure(file, { what: 'electron 45', reason: 'no network' })
  expect(await recentFailure(file, 'electron 45')).toBe('no network')
  expect(await recentFailure(file, 'electron 46')).toBeNull()

  const note = JSON.parse(readFileSync(file, 'utf8')) as { at: number }
  writeFileSync(file, JSON.stringify({ ...note, at: note.at - 25 * 60 * 60_000 }))
  expect(await recentFailure(file, 'electron 45')).toBeNull()
})

it('can be told to try again', async () => {
  const file = join(temporaryFolder(), 'note.json')
  await rememberFailure(file, { what: 'wheel', reason: 'pip failed' })
  vi.stubEnv('FLAWSMITH_RETRY', '1')
  expect(await recentFailure(file, 'wheel')).toBeNull()
  vi.unstubAllEnvs()
  await forgetFailure(file)
  expect(await recentFailure(file, 'wheel')).toBeNull()
})
