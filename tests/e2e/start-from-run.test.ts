import { rmSync } from 'node:fs'
import type { Locator, Page } from '@playwright/test'
import { runFlawsmith } from '../helpers/run-flawsmith.ts'
import { expect, test } from './app-fixture.ts'
import { expectAccessible, goTo, openProject, prepareProject, trainingTimeout } from './steps.ts'

/** The new run's fields, with a run of a project to start from asked for. */
async function askForRun(page: Page): Promise<Locator> {
  await goTo(page, 'Train')
  const main = page.getByRole('main')
  await main.getByText('More settings').click()
  await main.getByRole('radio', { name: 'Steps', exact: true }).click()
  await main.getByLabel('Steps of training').fill('1')
  await main.getByLabel('Start from', { exact: true }).selectOption('A finished run of a project')
  return main
}

test('a run of another project is chosen to start from, and the new run says so when that project is gone', async ({
  app,
  workspace,
}) => {
  test.setTimeout(400_000)
  const { page } = app
  const classes = { good: 8, scratch: 4 }
  const line3 = await prepareProject(workspace, { name: 'line 3', classes })
  const empty = await prepareProject(workspace, { name: 'empty', classes: {} })
  const line4 = await prepareProject(workspace, { name: 'line 4', classes })
  const trained = await runFlawsmith(
    ['train', line3, '--recipe', 'crgan', '--steps', '1', '--engine', 'wasm', '--param', 'batch=2', '--json'],
    { dataFolder: workspace.dataFolder },
  )
  expect(trained.code, trained.stderr).toBe(0)
  await openProject(app, line4)
  await expect(page.getByRole('banner')).toContainText('line 4')

  const main = await askForRun(page)
  const start = main.getByRole('button', { name: 'Start training' })
  await expect(main.getByText('Cannot start: choose the run to start from.')).toBeVisible()
  await expect(start).toBeDisabled()
  const projects = main.getByLabel('Project', { exact: true })
  await projects.selectOption('line 4 (this project)')
  await expect(main.getByText('“line 4” has no run yet. Choose another project.')).toBeVisible()
  await app.answerFolderDialog(empty)
  await projects.selectOption('Another folder…')
  await expect(main.getByText('“empty” has no run yet. Choose another project.')).toBeVisible()
  await projects.selectOption('line 3')
  await expect(main.getByRole('combobox', { name: 'Run', exact: true })).toContainText('Run 1: good, scratch, step 1')
  await expectAccessible(page)
  await expect(start).toBeEnabled()
  await start.click()
  const run = page.getByTestId('run')
  await expect(run).toHaveAttribute('data-status', 'finished', { timeout: trainingTimeout })
  await expect(run.getByText('from run 1 of “line 3”')).toBeVisible()

  rmSync(line3, { recursive: true })
  await run.getByRole('button', { name: 'Parameters and versions' }).click()
  await expect(run.getByText(/^Started from: run 1 of “line 3”, CR-GAN of edition 2, 32 px, step 1/)).toBeVisible()
  expect(app.problems).toEqual([])
})
