import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { carrier } from '../../../../build/offline/carried-package.ts'
import { findCarriedRuntime, installPackage } from '../../../../build/offline/carried-runtime.ts'
import { recordFiles } from '../../../../native-worker/trainer/engines/tensorflow/installation/file-records.ts'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'

const integrityOf = (file: string): string =>
  `sha512-${createHash('sha512').update(readFileSync(file)).digest('base64')}`

/** A package file of the right form whose archive is cut short. */
function brokenPackage(): string {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'package'))
  writeFileSync(join(folder, 'package', carrier.archive), 'PK\u0003\u0004 cut short')
  const file = join(folder, 'carrier.tgz')
  execFileSync('tar', ['-czf', file, '-C', folder, 'package'])
  return file
}

async function cacheWithRuntime(): Promise<{ readonly cache: string; readonly folder: string }> {
  const cache = temporaryFolder()
  const folder = join(cache, 'runtime', `electron-${carrier.electron}-linux-x64`)
  mkdirSync(join(folder, 'resources'), { recursive: true })
  writeFileSync(join(folder, 'electron'), 'executable')
  writeFileSync(join(folder, 'resources/app.js'), 'app')
  const files = await recordFiles(folder, ['electron', 'resources/app.js'])
  writeFileSync(join(folder, 'runtime.json'), JSON.stringify({ electron: carrier.electron, files }))
  return { cache, folder }
}

describe.runIf(process.platform === 'linux')('the carried runtime', () => {
  it('refuses a package file that is not the pinned one and leaves nothing behind', async () => {
    const cache = temporaryFolder()
    const installing = installPackage(brokenPackage(), { cacheFolder: cache, integrity: carrier.integrity })
    await expect(installing).rejects.toThrow('is not the file we know')
    expect(readdirSync(cache)).toEqual([])
  })

  it('keeps the installed runtime when a package cannot be unpacked', async () => {
    const { cache, folder } = await cacheWithRuntime()
    const file = brokenPackage()
    await expect(installPackage(file, { cacheFolder: cache, integrity: integrityOf(file) })).rejects.toThrow()
    expect(readdirSync(join(cache, 'runtime'))).toEqual([`electron-${carrier.electron}-linux-x64`])
    expect(await findCarriedRuntime(cache)).toBe(join(folder, 'electron'))
  })

  it('is not found where a file was changed, cut or removed', async () => {
    for (const text of ['EXECUTABLE', 'exec']) {
      const { cache, folder } = await cacheWithRuntime()
      const executable = join(folder, 'electron')
      writeFileSync(executable, text)
      // A later moment, as a change has: a file of the recorded size and time counts as unchanged.
      utimesSync(executable, new Date(), new Date(Date.now() + 1000))
      expect(await findCarriedRuntime(cache)).toBeNull()
    }
    const { cache, folder } = await cacheWithRuntime()
    execFileSync('rm', [join(folder, 'resources/app.js')])
    expect(await findCarriedRuntime(cache)).toBeNull()
  })

  it('is not found in an empty cache', async () => {
    const cache = temporaryFolder()
    expect(await findCarriedRuntime(cache)).toBeNull()
    expect(existsSync(join(cache, 'runtime'))).toBe(false)
  })
})
