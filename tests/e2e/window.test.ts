import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunningApp } from './app-fixture.ts'
import { expect, launchApp, startOf, test } from './app-fixture.ts'
import {
  expectAccessible,
  findProcesses,
  goTo,
  openProject,
  prepareProject,
  trainingTimeout,
  trainSteps,
} from './steps.ts'

const classes = { good: 8, scratch: 4 }

const closeWindow = ({ electron }: RunningApp): Promise<void> =>
  electron.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.close()
  })

const serviceStatus = ({ page }: RunningApp) => page.getByTestId('service-status')

test('a service that does not answer is said not to, until it does or is restarted', async ({ app, workspace }) => {
  test.skip(process.platform !== 'linux', 'stops a process by signal and finds it through /proc')
  const { page } = app
  await openProject(app, await prepareProject(workspace, { name: 'line', classes }))
  await expect(page.getByRole('banner')).toContainText('line')
  const { service } = await findProcesses(app)

  process.kill(service, 'SIGSTOP')
  await expect(serviceStatus(app)).toHaveAttribute('data-status', 'silent', { timeout: 60_000 })
  await expect(serviceStatus(app)).toContainText('Service does not answer')
  await expect(page.getByRole('alert')).toContainText(/has not answered since \d/)
  await expectAccessible(page)
  // A page that is loaded meanwhile is told, too.
  await page.reload()
  await expect(serviceStatus(app)).toHaveAttribute('data-status', 'silent')
  process.kill(service, 'SIGCONT')
  await expect(serviceStatus(app)).toHaveAttribute('data-status', 'ready', { timeout: 60_000 })
  await expect(page.getByRole('alert')).toHaveCount(0)
  await expect(page.getByRole('banner')).toContainText('line')

  process.kill(service, 'SIGSTOP')
  await page.getByRole('button', { name: 'Restart the service' }).click({ timeout: 60_000 })
  await expect(serviceStatus(app)).toHaveAttribute('data-status', 'ready', { timeout: 60_000 })
  expect((await findProcesses(app)).service).not.toBe(service)
  await goTo(page, 'Dataset')
  await expect(page.getByRole('banner')).toContainText('line')
  await expect(page.getByRole('main')).toContainText('Imbalance 2 : 1')
})

test('closing while a run trains asks; the project is open again at the next start, in the same window', async ({
  workspace,
}) => {
  test.setTimeout(240_000)
  const app = await launchApp(workspace)
  const { page } = app
  const folder = await prepareProject(workspace, { name: 'line', classes })
  await openProject(app, folder)
  await expect(page.getByRole('banner')).toContainText('line')
  await trainSteps(page, 100_000)
  await expect(page.getByRole('contentinfo')).toContainText(/Run 1, step [1-9]/, { timeout: trainingTimeout })
  const dialog = page.getByRole('dialog', { name: 'A run is training' })

  await closeWindow(app)
  await expect(dialog).toContainText(/Run 1 is at step [1-9]/)
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Keep training' }).click()
  await expect(dialog).toHaveCount(0)
  await app.electron.evaluate(({ app: { quit } }) => {
    quit()
  })
  await expect(dialog.getByRole('button', { name: 'Stop and close Flawsmith' })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Close project' }).click()
  await expect(dialog.getByRole('button', { name: 'Stop and leave the project' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await expect(page.getByRole('banner')).toContainText('line')
  await expect(page.getByTestId('run')).toHaveAttribute('data-status', 'running')

  const bounds = { x: 60, y: 40, width: 1180, height: 760 }
  await app.electron.evaluate(({ BrowserWindow }, place) => {
    BrowserWindow.getAllWindows()[0]?.setBounds(place)
  }, bounds)
  await closeWindow(app)
  const closed = app.electron.waitForEvent('close')
  // The window may be gone before the click hears that it was made; that it closes is what counts.
  await dialog
    .getByRole('button', { name: 'Stop and close Flawsmith' })
    .click()
    .catch(() => undefined)
  await closed

  const next = await launchApp(workspace)
  await expect(next.page.getByRole('banner')).toContainText('line')
  await expect(next.page.getByRole('navigation').getByRole('link', { name: 'Dataset' })).toHaveAttribute(
    'aria-current',
    'page',
  )
  expect(
    await next.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getNormalBounds()),
  ).toEqual(bounds)
  await goTo(next.page, 'Train')
  await next.page.getByRole('main').getByText('Run 1').first().click()
  await expect(next.page.getByTestId('run')).toHaveAttribute('data-status', 'interrupted')
  await expect(next.page.getByRole('button', { name: 'Resume' })).toBeEnabled()
  await next.page.getByRole('button', { name: 'Close project' }).click()
  await expect(next.page.getByRole('banner')).toContainText('No project open')
  await next.close()

  const closedBefore = await launchApp(workspace)
  await expect(closedBefore.page.getByRole('main').getByRole('button', { name: /^line/ })).toBeVisible()
  await expect(closedBefore.page.getByRole('banner')).toContainText('No project open')
  await closedBefore.close()
})

test('a last project that cannot be opened is said why, once', async ({ workspace }) => {
  const app = await launchApp(workspace)
  const folder = await prepareProject(workspace, { name: 'moved', classes: { good: 2 } })
  await openProject(app, folder)
  await expect(app.page.getByRole('banner')).toContainText('moved')
  await app.close()
  await rename(folder, join(workspace.folder, 'elsewhere'))

  const next = await launchApp(workspace)
  await expect(next.page.getByTestId('failure')).toHaveAttribute('data-code', 'project_not_found')
  await expect(next.page.getByRole('alert')).toContainText(folder)
  await expect(next.page.getByRole('banner')).toContainText('No project open')
  await next.close()

  const third = await launchApp(workspace)
  await expect(third.page.getByRole('heading', { name: 'Recent projects' })).toBeVisible()
  await expect(third.page.getByTestId('failure')).toHaveCount(0)
  await third.close()
})

test('a second start brings the first window to the front and ends', async ({ app, workspace }) => {
  await expect(app.page.getByRole('heading', { name: 'Recent projects' })).toBeVisible()
  await app.electron.evaluate(({ app: main }) => {
    main.on('second-instance', () => {
      Object.assign(globalThis, { secondStarts: 1 })
    })
  })
  const { executablePath, args, env } = startOf(workspace)
  const second = spawn(executablePath, args, { env, stdio: 'ignore' })
  const [code] = (await once(second, 'exit')) as [number | null]
  expect(code).toBe(0)
  expect(await app.electron.evaluate(() => (globalThis as { secondStarts?: number }).secondStarts)).toBe(1)
  expect(await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
})

test('Ctrl+A selects in a text field and nowhere else', async ({ app: { page } }) => {
  const selected = (): Promise<string> => page.evaluate(() => getSelection()?.toString() ?? '')
  await expect(page.getByRole('heading', { name: 'Recent projects' })).toBeVisible()
  await page.keyboard.press('Control+a')
  expect(await selected()).toBe('')
  await page.getByRole('button', { name: 'New project…' }).click()
  await page.getByLabel('Name').fill('Line 3')
  await page.keyboard.press('Control+a')
  expect(
    await page.evaluate(() => {
      const field = document.activeElement as HTMLInputElement
      return field.value.slice(field.selectionStart ?? 0, field.selectionEnd ?? 0)
    }),
  ).toBe('Line 3')
})
