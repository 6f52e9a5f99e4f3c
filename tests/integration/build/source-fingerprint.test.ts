import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { fingerprintSources } from '../../../build/setup/source-fingerprint.ts'
import { temporaryFolder } from '../../helpers/temporary-folder.ts'

it('changes with every added, changed and removed source file, and with nothing else', async () => {
  const root = temporaryFolder()
  for (const folder of ['contract', 'electron', 'native-worker/project/storage', 'renderer']) {
    mkdirSync(join(root, folder), { recursive: true })
  }
  for (const file of ['electron.vite.config.ts', 'package.json', 'package-lock.json', 'contract/ids.ts']) {
    writeFileSync(join(root, file), '{}')
  }
  const first = await fingerprintSources(root)
  writeFileSync(join(root, 'README.md'), 'not a source')
  expect(await fingerprintSources(root)).toBe(first)

  const added = join(root, 'native-worker/project/storage/open.ts')
  writeFileSync(added, 'export const a = 1')
  const second = await fingerprintSources(root)
  expect(second).not.toBe(first)
  writeFileSync(added, 'export const a = 10')
  expect(await fingerprintSources(root)).not.toBe(second)
  rmSync(added)
  expect(await fingerprintSources(root)).toBe(first)
})
