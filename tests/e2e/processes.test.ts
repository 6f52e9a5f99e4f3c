import { join } from 'node:path'
import { drawClassFolders } from '../helpers/class-folders.ts'
import type { RunningApp } from './app-fixture.ts'
import { expect, launchApp, test } from './app-fixture.ts'
import {
  findProcesses,
  generate,
  goTo,
  importFolder,
  isAlive,
  openProject,
  prepareProject,
  trainingTimeout,
  trainSteps,
  waitForChild,
} from './steps.ts'

test.skip(process.platform !== 'linux', 'finds the processes through /proc')

const classes = { good: 8, scratch: 4 }

/** A run can be resumed from its first checkpoint on. */
const untilFirstCheckpoint = ({ page }: RunningApp): Promise<void> =>
  expect(page.getByRole('button', { name: 'Generate and review' })).toBeEnabled({ timeout: trainingTimeout })

test('the trainer is killed while it trains: the run is interrupted and resumes', async ({ app, workspace }) => {
  const { page } = app
  await openProject(app, await prepareProject(workspace, { name: 'line', classes }))
  await expect(page.getByRole('banner')).toContainText('line')
  await trainSteps(page, 100_000)
  await untilFirstCheckpoint(app)
  const { service } = await findProcesses(app)
  process.kill(await waitForChild(app, 'trainer'), 'SIGKILL')

  await expect(page.getByTestId('run')).toHaveAttribute('data-status', 'interrupted')
  await expect(page.getByRole('main')).toContainText('This run was interrupted. Resume continues')
  expect((await findProcesses(app)).service).toBe(service)
  await page.getByRole('button', { name: 'Resume' }).click()
  await expect(page.getByTestId('run')).toHaveAttribute('data-status', 'running')
  await waitForChild(app, 'trainer')
  await page.getByRole('button', { name: 'Pause', exact: true }).click()
  await expect(page.getByTestId('run')).toHaveAttribute('data-status', 'stopped', { timeout: trainingTimeout })
  expect(app.problems).toEqual([])
})

test('the trainer is killed while it draws candidates: the window goes on, and drawing again works', async ({
  app,
  workspace,
}) => {
  const { page } = app
  await openProject(app, await prepareProject(workspace, { name: 'line', classes, steps: 1 }))
  await expect(page.getByRole('banner')).toContainText('line')
  await generate(page, { count: 50_000, className: /scratch/ })
  process.kill(await waitForChild(app, 'trainer'), 'SIGKILL')
  await expect(page.getByTestId('job-samples.generate')).toHaveCount(0)

  await generate(page, { count: 3, className: /scratch/ })
  await expect(page.getByRole('status', { name: 'Messages' })).toContainText('3 candidates are ready', {
    timeout: trainingTimeout,
  })
  expect(app.problems).toEqual([])
})

test('the trainer is killed while it draws candidates: the review screen says so', async ({ app, workspace }) => {
  const { page } = app
  await openProject(app, await prepareProject(workspace, { name: 'line', classes, steps: 1 }))
  await expect(page.getByRole('banner')).toContainText('line')
  await generate(page, { count: 50_000, className: /scratch/ })
  process.kill(await waitForChild(app, 'trainer'), 'SIGKILL')
  await expect(page.getByTestId('failure')).toHaveAttribute('data-code', 'compute_died')
  await expect(page.getByRole('alert')).toContainText('ended unexpectedly')
  await expect(page.getByRole('alert')).toContainText('SIGKILL')
})

test('the main process is killed: no process stays behind, and the next start finds everything', async ({
  workspace,
}) => {
  const app = await launchApp(workspace)
  const folder = await prepareProject(workspace, { name: 'line', classes: {} })
  await openProject(app, folder)
  const images = join(workspace.folder, 'class folders')
  await drawClassFolders(images, classes)
  await importFolder(app, images)
  await expect(app.page.getByRole('banner')).toContainText('12 images')
  await trainSteps(app.page, 100_000)
  await expect(app.page.getByRole('contentinfo')).toContainText(/Run 1, step [1-9]/, { timeout: trainingTimeout })
  await waitForChild(app, 'trainer')
  const parts = await findProcesses(app)
  const pids = [parts.main, parts.service, parts.images ?? 0, parts.trainer ?? 0]
  expect(await Promise.all(pids.map(isAlive))).toEqual([true, true, true, true])

  process.kill(parts.main, 'SIGKILL')
  await expect
    .poll(() => Promise.all(pids.map(isAlive)), { message: 'main, service, images, trainer', timeout: 90_000 })
    .toEqual([false, false, false, false])

  const next = await launchApp(workspace)
  await expect(next.page.getByRole('banner')).toContainText('12 images')
  await goTo(next.page, 'Train')
  await next.page.getByRole('main').getByText('Run 1').first().click()
  await expect(next.page.getByTestId('run')).toHaveAttribute('data-status', 'interrupted')
  expect(next.problems).toEqual([])
  await next.close()
})
