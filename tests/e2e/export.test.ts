import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import type { RunningApp } from './app-fixture.ts'
import { expect, launchApp, test } from './app-fixture.ts'
import { expectAccessible, goTo, openProject, prepareProject, rememberOpened } from './steps.ts'

const exportButton = (page: Page) => page.getByRole('button', { name: 'Export', exact: true })

async function exportAs({ page }: RunningApp, name: string): Promise<void> {
  await page.getByLabel('New folder').fill(name)
  await exportButton(page).click()
}

test('an export says what becomes of names and sizes, and nothing pushes its button out of sight', async ({
  app,
  workspace,
}) => {
  const { page } = app
  await app.electron.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(1366, 768)
  })
  const classes = { good: 20, CON: 8, 'scratch\u{202e}evil': 3, 划痕: 2 }
  await openProject(app, await prepareProject(workspace, { name: 'line', classes }))
  await expect(page.getByRole('banner')).toContainText('line')
  await goTo(page, 'Export')
  const plan = page.getByTestId('export-plan')
  await expect(plan.getByRole('rowheader', { name: 'CON its folder: _CON' })).toBeVisible()
  await expect(plan.getByRole('rowheader', { name: 'scratch<U+202E>evil' })).toBeVisible()
  await expect(plan.getByRole('rowheader', { name: 'good', exact: true })).toBeVisible()
  await expect(page.getByTestId('changed-names')).toContainText('2 class names')
  await expect(page.getByRole('main')).toContainText('32 × 32 pixels, real ones too')

  // A chosen folder stays chosen.
  const shared = join(workspace.folder, 'shared')
  await mkdir(join(shared, '.flawsmith-export-0123'), { recursive: true })
  await app.answerFolderDialog(shared)
  await page.getByRole('button', { name: 'Change…' }).click()
  await goTo(page, 'Dataset')
  await goTo(page, 'Export')
  await expect(page.getByRole('main')).toContainText(shared)

  await exportAs(app, 'balanced')
  await expect(page.getByTestId('export-done')).toHaveText('33 files written.')
  await expect(page.getByRole('main')).toContainText('.flawsmith-export-0123')
  const opened = await rememberOpened(app)
  await page.getByRole('button', { name: 'Open report' }).click()
  await expect.poll(opened).toBe(join(shared, 'balanced', 'report.html'))
  await page.getByRole('button', { name: 'Verify', exact: true }).click()
  await expect(page.getByTestId('verify-report')).toContainText('all match')
  await exportAs(app, 'balanced')
  await expect(page.getByTestId('failure')).toHaveCount(1)
  await expect(page.getByTestId('failure')).toHaveAttribute('data-code', 'export_target_exists')
  await page.getByRole('button', { name: 'Verify project' }).click()
  await expect(page.getByTestId('verify-report')).toContainText('matches its record')
  await exportAs(app, 'balanced')
  await expect(exportButton(page)).toBeInViewport({ ratio: 1 })
  await expectAccessible(page)

  const dismiss = page.getByRole('main').getByRole('button', { name: 'Dismiss' })
  await expect(dismiss).toHaveCount(2)
  await dismiss.first().click()
  await dismiss.first().click()
  await expect(dismiss).toHaveCount(0)
  await expect(page.getByTestId('failure')).toHaveCount(0)
  expect((await readdir(shared)).sort()).toEqual(['.flawsmith-export-0123', 'balanced'])
  expect(app.problems).toEqual([])
})

test('the folder for exports is proposed at the next start too, and may be written to', async ({ workspace }) => {
  const shared = join(workspace.folder, 'shared')
  await mkdir(shared)
  const project = await prepareProject(workspace, { name: 'line', classes: { good: 4, scratch: 2 } })
  const first = await launchApp(workspace)
  await openProject(first, project)
  await expect(first.page.getByRole('banner')).toContainText('line')
  await goTo(first.page, 'Export')
  await first.answerFolderDialog(shared)
  await first.page.getByRole('button', { name: 'Change…' }).click()
  await expect(first.page.getByRole('main')).toContainText(shared)
  await first.close()

  const second = await launchApp(workspace)
  await expect(second.page.getByRole('banner')).toContainText('line')
  await goTo(second.page, 'Export')
  await expect(second.page.getByRole('main')).toContainText(shared)
  await exportAs(second, 'again')
  await expect(second.page.getByTestId('export-done')).toHaveText('6 files written.')
  await second.close()
})

test('what a dialog refuses is said in the dialog only, and gone with it', async ({ app, workspace }) => {
  const { page } = app
  await mkdir(join(workspace.projectsFolder, 'taken', 'something'), { recursive: true })
  await page.getByRole('button', { name: 'New project…' }).click()
  const dialog = page.getByRole('dialog', { name: 'New project' })
  await dialog.getByLabel('Name').fill('taken')
  await dialog.getByRole('button', { name: 'Create project' }).click()
  await expect(dialog.getByTestId('failure')).toHaveAttribute('data-code', 'folder_not_empty')
  await expect(page.getByTestId('failure')).toHaveCount(1)
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await expect(page.getByTestId('failure')).toHaveCount(0)
})
