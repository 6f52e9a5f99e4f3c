import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runFlawsmith } from '../helpers/run-flawsmith.ts'
import { expect, test } from './app-fixture.ts'
import { expectAccessible, goTo, openProject, prepareProject, rememberOpened } from './steps.ts'

/** Whole, and printed with pages. */
async function expectPdf(file: string): Promise<void> {
  const bytes = await readFile(file, 'latin1')
  expect(bytes.slice(0, 5)).toBe('%PDF-')
  expect(bytes.trimEnd().slice(-5)).toBe('%%EOF')
  expect(bytes.length).toBeGreaterThan(10_000)
}

test('the Evaluate screen writes a report to a folder that is asked for, and opens it', async ({ app, workspace }) => {
  const { page } = app
  const project = await prepareProject(workspace, { name: 'line', classes: { good: 12, 划痕: 4 } })
  const other = await prepareProject(workspace, { name: 'other', classes: { good: 4 } })
  await openProject(app, project)
  await expect(page.getByRole('banner')).toContainText('line')
  await goTo(page, 'Evaluate')
  const shared = join(workspace.folder, 'shared')
  await mkdir(shared)
  await app.answerFolderDialog(shared)
  await page.getByRole('button', { name: 'Report…' }).click()
  await expect(page.getByTestId('report-done')).toHaveText('Report written: report.html and report.pdf.')
  const [name = ''] = await readdir(shared)
  expect(name).toMatch(/^line-report-\d{8}-\d{4}$/)
  const out = join(shared, name)
  await expect(page.getByRole('main')).toContainText(out)
  expect((await readdir(out)).sort()).toEqual(['report.html', 'report.pdf'])
  const html = await readFile(join(out, 'report.html'), 'utf8')
  expect(html).toContain('Not measured.')
  expect(html).toContain('<bdi>划痕</bdi>')
  await expectPdf(join(out, 'report.pdf'))
  // The window that prints is gone.
  expect(await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)

  const opened = await rememberOpened(app)
  await page.getByRole('button', { name: 'Open report' }).click()
  await expect.poll(opened).toBe(join(out, 'report.html'))
  await expectAccessible(page)

  // Inside the project it would no longer verify.
  await app.answerFolderDialog(project)
  await page.getByRole('button', { name: 'Report…' }).click()
  await expect(page.getByTestId('failure')).toHaveAttribute('data-code', 'inside_project')
  await expect(page.getByTestId('report-done')).toHaveCount(0)
  expect(app.problems).toEqual([])

  // The command line has no window: it starts the app for the page alone, where there need not be a screen.
  const printed = join(workspace.folder, 'printed')
  const { code, stderr } = await runFlawsmith(['report', other, '--out', printed, '--pdf', '--lang', 'zh', '--json'], {
    dataFolder: join(workspace.folder, 'data of the command line'),
  })
  expect(code, stderr).toBe(0)
  await expectPdf(join(printed, 'report.pdf'))
})
