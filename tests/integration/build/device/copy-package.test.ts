import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { copyPackage } from '../../../../build/device/copy-package.ts'
import { projectRoot } from '../../../../build/setup/project-root.ts'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'

it('of tfjs goes what Node loads, and nothing that it does not', async () => {
  const root = temporaryFolder()
  const folder = 'node_modules/@tensorflow/tfjs-backend-wasm'
  await copyPackage(folder, root)
  const has = (name: string): boolean => existsSync(join(root, folder, name))
  expect(has('package.json')).toBe(true)
  expect(has('dist/tf-backend-wasm.node.js')).toBe(true)
  expect(has('dist/tfjs-backend-wasm-threaded-simd.wasm')).toBe(true)
  expect(has('wasm-out/tfjs-backend-wasm.js')).toBe(true)
  expect(has('dist/tf-backend-wasm.js')).toBe(false)
  expect(has('dist/tf-backend-wasm.node.js.map')).toBe(false)
  expect(has('src')).toBe(false)
})

const dawn = 'node_modules/webgpu'

it.skipIf(!existsSync(join(projectRoot, dawn)))('of Dawn goes the binary for Linux', async () => {
  const root = temporaryFolder()
  await copyPackage(dawn, root)
  const has = (name: string): boolean => existsSync(join(root, dawn, name))
  expect(['index.js', 'package.json', 'dist/linux-x64/dawn.node'].filter((name) => !has(name))).toEqual([])
  expect(['build', 'dist/win32-x64', 'dist/darwin-universal'].filter(has)).toEqual([])
})

it('any other package goes whole but for types, maps and words', async () => {
  const root = temporaryFolder()
  await copyPackage('node_modules/valibot', root)
  expect(existsSync(join(root, 'node_modules/valibot/package.json'))).toBe(true)
  expect(existsSync(join(root, 'node_modules/valibot/dist/index.mjs'))).toBe(true)
  expect(existsSync(join(root, 'node_modules/valibot/dist/index.d.mts'))).toBe(false)
})
