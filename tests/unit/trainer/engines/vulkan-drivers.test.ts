import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { vulkanDrivers } from '../../../../native-worker/trainer/engines/webgpu/vulkan-drivers.ts'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'

function folderWith(...names: readonly string[]): string {
  const folder = join(temporaryFolder(), 'vulkan/icd.d')
  mkdirSync(folder, { recursive: true })
  for (const name of names) writeFileSync(join(folder, name), '{}')
  return folder
}

it('drivers that are named are the only ones, where they are there', () => {
  const folder = folderWith('a.json', 'b.json', 'c.txt')
  const [a, b] = [join(folder, 'a.json'), join(folder, 'b.json')]
  expect(vulkanDrivers({ VK_DRIVER_FILES: a })).toEqual([a])
  expect(vulkanDrivers({ VK_ICD_FILENAMES: folder })).toEqual([a, b])
  expect(vulkanDrivers({ VK_DRIVER_FILES: `${join(folder, 'none.json')}:${b}` })).toEqual([b])
  expect(vulkanDrivers({ VK_DRIVER_FILES: '/no/such/folder' })).toEqual([])
})

it('else they lie in the folders of the system and of the user', () => {
  const shared = folderWith('maker.json')
  const own = folderWith('mine.json')
  const found = vulkanDrivers({
    XDG_DATA_DIRS: `/no/such/folder:${join(shared, '../..')}`,
    XDG_DATA_HOME: join(own, '../..'),
  })
  expect(found).toContain(join(shared, 'maker.json'))
  expect(found).toContain(join(own, 'mine.json'))
})
