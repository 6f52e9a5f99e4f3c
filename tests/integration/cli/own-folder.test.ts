import { mkdirSync, readdirSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { isUnfinished } from '../../../native-worker/files/unfinished-files.ts'
import { drawClassFolders } from '../../helpers/class-folders.ts'
import { canMount, mountReadOnly, mountSmallDisk } from '../../helpers/mounted-folder.ts'
import { runFlawsmith } from '../../helpers/run-flawsmith.ts'
import { temporaryFolder } from '../../helpers/temporary-folder.ts'

/** Each makes a data folder that takes nothing. */
const unwritable = {
  'on a full disk': (folder: string): string => {
    const data = join(folder, 'full')
    onTestFinished(mountSmallDisk(data, { sizeBytes: 64 * 1024 }))
    const { bavail, bsize } = statfsSync(data)
    writeFileSync(join(data, 'ballast'), Buffer.alloc(bavail * bsize))
    return data
  },
  'that is read-only': (folder: string): string => {
    const data = join(folder, 'sealed')
    mkdirSync(join(folder, 'open'))
    onTestFinished(mountReadOnly(join(folder, 'open'), data))
    return data
  },
} as const

describe.skipIf(!canMount)('every command works with an own folder', () => {
  test.each(Object.entries(unwritable))('%s, and says so in one line', { timeout: 300_000 }, async (_, make) => {
    const folder = temporaryFolder()
    const dataFolder = make(folder)
    await drawClassFolders(join(folder, 'images'), { good: 5, scratch: 4 })
    const project = join(folder, 'project')
    const first = ['init', project, '--size', '16']
    for (const command of [
      first,
      ['import', project, join(folder, 'images')],
      ['train', project, '--recipe', 'procedural', '--steps', '1', '--engine', 'cpu'],
      ['runs', 'list', project],
      ['generate', project, '--run', '1', '--class', 'scratch', '--count', '2'],
      ['review', project, '--by', 'Ada', '--accept', '1'],
      ['export', project, '--out', join(folder, 'balanced')],
      ['verify', project],
      ['backups', project],
      ['recipes'],
      ['doctor'],
    ]) {
      const { code, stderr } = await runFlawsmith(command, { dataFolder })
      expect({ command, code, stderr }).toMatchObject({ command, code: 0 })
      const warnings = stderr.match(/^warning settings_not_kept: .*$/gm) ?? []
      expect(warnings.length, command.join(' ')).toBeLessThanOrEqual(1)
      // Every command that opens a project remembers it.
      if (command[1] === project && !['verify', 'backups'].includes(command[0] ?? ''))
        expect(warnings, command.join(' ')).toEqual([expect.stringContaining(dataFolder)])
      expect(stderr).not.toMatch(/^\s+at /m)
    }
    expect(readdirSync(dataFolder, { recursive: true, encoding: 'utf8' }).filter(isUnfinished)).toEqual([])
  })
})

test('a backup is listed and put back from the command line', { timeout: 120_000 }, async () => {
  const folder = temporaryFolder()
  const dataFolder = join(folder, 'data')
  const project = join(folder, 'project')
  await drawClassFolders(join(folder, 'images'), { good: 5 })
  await runFlawsmith(['init', project, '--size', '16'], { dataFolder })
  const listed = await runFlawsmith(['backups', project, '--json'], { dataFolder })
  const [backup] = listed.json() as readonly { readonly file: string }[]
  await runFlawsmith(['import', project, join(folder, 'images')], { dataFolder })
  const restored = await runFlawsmith(['restore', project, '--backup', backup?.file ?? '', '--json'], { dataFolder })
  expect(restored.json()).toMatchObject({ folder: project, imageCount: 0 })
  const unknown = await runFlawsmith(['restore', project, '--backup', 'none', '--json'], { dataFolder })
  expect({ code: unknown.code, json: unknown.json() }).toMatchObject({
    code: 1,
    json: { error: { code: 'no_backup' } },
  })
})
