import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { zhReport } from '../../../native-worker/project/report/zh-report.ts'
import { drawClassFolders } from '../../helpers/class-folders.ts'
import { runFlawsmith } from '../../helpers/run-flawsmith.ts'
import { temporaryFolder } from '../../helpers/temporary-folder.ts'

test('a report is written in the language asked for, to a new folder', { timeout: 300_000 }, async () => {
  const folder = temporaryFolder()
  const project = join(folder, 'project')
  const run = (...args: readonly string[]): ReturnType<typeof runFlawsmith> =>
    runFlawsmith([...args, '--json'], { dataFolder: join(folder, 'data') })
  await drawClassFolders(join(folder, 'images'), { good: 12, 划痕: 5 })
  await run('init', project, '--size', '16')
  await run('import', project, join(folder, 'images'))
  const out = join(folder, 'reports', 'first')
  const written = await run('report', project, '--out', out, '--lang', 'zh')
  expect(written.code, written.stderr).toBe(0)
  expect(written.json()).toEqual({ out, files: ['report.html'], overall: null, changed: [], isStale: false })
  expect(readdirSync(out)).toEqual(['report.html'])
  const page = readFileSync(join(out, 'report.html'), 'utf8')
  expect(page).toContain(zhReport.verdict.howTo)
  expect(page).toContain('<bdi>划痕</bdi>')

  // A reader holds the project against what is printed there.
  const [, length = '', hash = ''] = /--length (\d+) --head ([0-9a-f]{64})/.exec(page) ?? []
  expect((await run('verify', project, '--length', length, '--head', hash)).code).toBe(0)

  expect((await run('report', project, '--out', out)).json()).toMatchObject({ error: { code: 'export_target_exists' } })
  expect((await run('report', project, '--out', join(project, 'report'))).json()).toMatchObject({
    error: { code: 'inside_project' },
  })
  // Without the app there is nothing to print with: it says so, and what to do, and leaves nothing behind.
  vi.stubEnv('FLAWSMITH_ELECTRON', '')
  const printed = await run('report', project, '--out', join(folder, 'reports', 'printed'), '--pdf')
  vi.unstubAllEnvs()
  expect(printed.json()).toMatchObject({ error: { code: 'pdf_not_printed' } })
  expect(printed.stderr).toContain('open report.html in a browser')
  expect(readdirSync(join(folder, 'reports'))).toEqual(['first'])
  expect((await run('report', project, '--out', join(folder, 'other'), '--lang', 'fr')).code).toBe(2)
})
