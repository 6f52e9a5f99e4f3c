import { renameSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { drawClassFolders } from '../../helpers/class-folders.ts'
import { errorCodeOf } from '../../helpers/error-code.ts'
import { testService } from '../../helpers/test-service.ts'

test('whatever reads files of a project that was moved while it is open says so', { timeout: 120_000 }, async () => {
  const { client, folder } = testService()
  const project = join(folder, 'project')
  await client.request('projects.create', { folder: project, size: 16, channels: 1 })
  await drawClassFolders(join(folder, 'images'), { scratch: 5, pit: 4 })
  await client.perform('dataset.import', { folder: join(folder, 'images'), fit: 'crop' })
  renameSync(project, join(folder, 'elsewhere'))
  const out = join(folder, 'out')
  for (const read of [
    () => client.perform('exports.run', { folder: out, layout: 'imagefolder', target: 'max' }),
    () => client.perform('verify.run', {}),
    () => client.perform('problems.find', {}),
  ])
    expect(await errorCodeOf(read)).toBe('project_moved')
})
