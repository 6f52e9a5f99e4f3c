import { spawnSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { withLock } from '../../../build/setup/lock.ts'
import { temporaryFolder } from '../../helpers/temporary-folder.ts'

it('lets one at a time work, and frees the lock when the work throws', async () => {
  const file = join(temporaryFolder(), 'a/build.lock')
  let inside = 0
  let mostInside = 0
  const work = async (): Promise<void> => {
    mostInside = Math.max(mostInside, ++inside)
    await new Promise((resolve) => setImmediate(resolve))
    inside--
  }
  const failing = withLock(file, async () => {
    await work()
    throw new Error('broken build')
  })
  await expect(failing).rejects.toThrow('broken build')
  await Promise.all([withLock(file, work), withLock(file, work), withLock(file, work)])
  expect(mostInside).toBe(1)
  expect(existsSync(file)).toBe(false)
})

it('takes over the lock of a process that died', async () => {
  const file = join(temporaryFolder(), 'build.lock')
  const dead = spawnSync(process.execPath, ['-e', '0']).pid
  writeFileSync(file, String(dead))
  await expect(withLock(file, () => Promise.resolve('done'))).resolves.toBe('done')
})
