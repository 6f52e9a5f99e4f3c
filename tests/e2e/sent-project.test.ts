import { join } from 'node:path'
import { expect, launchApp, test } from './app-fixture.ts'
import { expectAccessible, goTo, openProject, prepareProject, trainingTimeout, trainSteps } from './steps.ts'

test('runs that wait in a project from another machine start when they are let', async ({ workspace }) => {
  const maker = await launchApp(workspace)
  const folder = await prepareProject(workspace, { name: 'line', classes: { good: 8, scratch: 4 } })
  await openProject(maker, folder)
  await goTo(maker.page, 'Train')
  await maker.page.getByText('Schedule', { exact: true }).click()
  await maker.page.getByLabel('Only on mains power').check()
  await maker.electron.evaluate(({ powerMonitor }) => {
    powerMonitor.emit('on-battery')
  })
  await expect(maker.page.getByText('Now on battery.')).toBeVisible()
  await trainSteps(maker.page, 100_000)
  await expect(maker.page.getByTestId('run')).toHaveAttribute('data-status', 'queued', { timeout: trainingTimeout })
  await maker.close()

  // Another machine, on which nothing holds runs up.
  const other = { ...workspace, dataFolder: join(workspace.folder, 'other data') }
  const app = await launchApp(other)
  await openProject(app, folder)
  await goTo(app.page, 'Train')
  const asks = app.page.getByText('1 run waits in this project.')
  await expect(asks).toBeVisible()
  await expect(app.page.getByTestId('run')).toHaveAttribute('data-status', 'queued')
  await expect(app.page.getByRole('main')).toContainText('It starts only when you say so.')
  await expectAccessible(app.page)
  await app.page.getByRole('button', { name: 'Leave it waiting' }).click()
  await expect(asks).toBeHidden()
  await app.close()

  const again = await launchApp(other)
  await openProject(again, folder)
  await goTo(again.page, 'Train')
  await expect(again.page.getByRole('main')).toContainText('It starts only when you say so.')
  await expect(again.page.getByText('1 run waits in this project.')).toBeHidden()
  await again.page.getByRole('button', { name: 'Train now' }).click()
  await expect(again.page.getByTestId('run')).toHaveAttribute('data-status', 'running', { timeout: trainingTimeout })
  await again.page.getByRole('button', { name: 'Pause', exact: true }).click()
  await expect(again.page.getByTestId('run')).toHaveAttribute('data-status', 'stopped', { timeout: trainingTimeout })
  expect(again.problems).toEqual([])
  await again.close()
})
