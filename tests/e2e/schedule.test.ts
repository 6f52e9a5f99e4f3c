import type { RunningApp } from './app-fixture.ts'
import { expect, launchApp, test } from './app-fixture.ts'
import { expectAccessible, goTo, openProject, prepareProject, trainingTimeout, trainSteps } from './steps.ts'

/** What the desktop tells Electron. */
const plug = ({ electron }: RunningApp, event: 'on-ac' | 'on-battery'): Promise<void> =>
  electron.evaluate(({ powerMonitor }, name) => {
    powerMonitor.emit(name)
  }, event)

/** Electron numbers what keeps the machine awake, from the app's start. */
const isKeptAwake = ({ electron }: RunningApp): Promise<boolean> =>
  electron.evaluate(({ powerSaveBlocker }) =>
    Array.from({ length: 50 }, (_, id) => powerSaveBlocker.isStarted(id)).includes(true),
  )

const clock = (hours: number): string =>
  new Date(Date.now() + hours * 3_600_000).toLocaleTimeString('sv-SE').slice(0, 5)

test('a run pauses on battery, goes on by itself, and waits for its hours after a restart', async ({
  app,
  workspace,
}) => {
  const { page } = app
  const folder = await prepareProject(workspace, { name: 'line', classes: { good: 8, scratch: 4 } })
  await openProject(app, folder)
  await expect(page.getByRole('banner')).toContainText('line')
  await trainSteps(page, 100_000)
  await page.getByText('Schedule', { exact: true }).click()
  await page.getByLabel('Only on mains power').check()
  await expect(page.getByRole('contentinfo')).toContainText(/Run 1, step [1-9]/, { timeout: trainingTimeout })
  expect(await isKeptAwake(app)).toBe(true)

  await plug(app, 'on-battery')
  await expect(page.getByTestId('run')).toHaveAttribute('data-status', 'queued', { timeout: trainingTimeout })
  await expect(page.getByRole('main')).toContainText('This run waits for mains power')
  await expect(page.getByText('Now on battery.')).toBeVisible()
  expect(await isKeptAwake(app)).toBe(false)
  await expectAccessible(page)

  await plug(app, 'on-ac')
  await expect(page.getByTestId('run')).toHaveAttribute('data-status', 'running', { timeout: trainingTimeout })

  await page.getByLabel('Only between these times').check()
  await page.getByLabel('From', { exact: true }).fill(clock(2))
  await page.getByLabel('To', { exact: true }).fill(clock(2))
  await expect(page.getByText('Choose two different times.')).toBeVisible()
  await page.getByLabel('To', { exact: true }).fill(clock(3))
  await expect(page.getByTestId('run')).toHaveAttribute('data-status', 'queued', { timeout: trainingTimeout })
  expect(app.problems).toEqual([])
  await app.close()

  const next = await launchApp(workspace)
  await expect(next.page.getByRole('banner')).toContainText('line')
  await goTo(next.page, 'Train')
  await expect(next.page.getByRole('main')).toContainText('Waits until')
  await expect(next.page.getByTestId('run')).toHaveAttribute('data-status', 'queued')
  await next.page.getByRole('button', { name: 'Train now' }).click()
  await expect(next.page.getByTestId('run')).toHaveAttribute('data-status', 'running', { timeout: trainingTimeout })
  await next.page.getByRole('button', { name: 'Pause', exact: true }).click()
  await expect(next.page.getByTestId('run')).toHaveAttribute('data-status', 'stopped', { timeout: trainingTimeout })
  await expect(next.page.getByRole('button', { name: 'Resume now' })).toBeVisible()
  expect(next.problems).toEqual([])
  await next.close()
})
