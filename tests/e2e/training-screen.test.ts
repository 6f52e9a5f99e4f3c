import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { startFlawsmith } from '../helpers/run-flawsmith.ts'
import type { Workspace } from './app-fixture.ts'
import { expect, test } from './app-fixture.ts'
import { expectAccessible, goTo, openProject, prepareProject, trainingTimeout } from './steps.ts'

/** A project whose only run was cut off by a power failure, after its first checkpoint. */
async function prepareCutOff(workspace: Workspace): Promise<string> {
  const project = await prepareProject(workspace, { name: 'line', classes: { good: 8, scratch: 4 } })
  process.env['FLAWSMITH_CHECKPOINT_SECONDS'] = '1'
  const training = startFlawsmith(
    ['train', project, '--recipe', 'acgan', '--minutes', '30', '--engine', 'wasm', '--seed', '1'],
    workspace,
  )
  delete process.env['FLAWSMITH_CHECKPOINT_SECONDS']
  const checkpoints = join(project, 'runs', '1', 'checkpoints')
  await expect
    .poll(() => existsSync(checkpoints) && readdirSync(checkpoints).some((name) => name.endsWith('.safetensors')), {
      timeout: trainingTimeout,
    })
    .toBe(true)
  training.kill('SIGKILL')
  await training.result
  return project
}

test('a run that was cut off is offered before a new one, on every screen the project opens with', async ({
  app,
  workspace,
}) => {
  test.setTimeout(240_000)
  const { page } = app
  await openProject(app, await prepareCutOff(workspace))
  await expect(page.getByRole('banner')).toContainText('line')
  const main = page.getByRole('main')
  const mention = main.getByText(/^Run 1 was interrupted\. It can go on from its checkpoint at step [1-9]/)
  await goTo(page, 'Dataset')
  await expect(mention).toBeVisible()
  await expectAccessible(page)
  await goTo(page, 'Start')
  await expect(mention).toBeVisible()

  await goTo(page, 'Train')
  await expect(page.getByTestId('run')).toHaveAttribute('data-status', 'interrupted')
  await expect(main.getByRole('form', { name: 'New run' })).toHaveCount(0)
  await goTo(page, 'Dataset')
  await main.getByRole('button', { name: 'Resume' }).click()
  await expect(page.getByTestId('run')).toHaveAttribute('data-status', 'running', { timeout: trainingTimeout })
  await goTo(page, 'Dataset')
  await expect(mention).toHaveCount(0)
  await goTo(page, 'Train')
  await page.getByRole('button', { name: 'Pause', exact: true }).click()
  await expect(page.getByTestId('run')).toHaveAttribute('data-status', 'stopped', { timeout: trainingTimeout })
  expect(app.problems).toEqual([])
})

test('what composes without training asks for no length and shows no curves', async ({ app, workspace }) => {
  test.setTimeout(240_000)
  const { page } = app
  await openProject(app, await prepareProject(workspace, { name: 'line', classes: { good: 8, scratch: 4 } }))
  await expect(page.getByRole('banner')).toContainText('line')
  await goTo(page, 'Train')
  const main = page.getByRole('main')
  // What trains says why it cannot start with nothing.
  await main.getByText('More settings').click()
  await main.getByRole('radio', { name: 'Minutes', exact: true }).click()
  await main.getByLabel('Minutes of training').fill('0')
  await expect(main.getByText(/^Cannot start: give at least 0\.05 minutes/)).toBeVisible()
  await expect(main.getByRole('button', { name: 'Start training' })).toBeDisabled()

  await main.getByRole('radio', { name: /^Cut and blend/ }).check({ force: true })
  await expect(main.getByRole('radio', { name: 'Minutes', exact: true })).toHaveCount(0)
  await expect(main.getByRole('radio', { name: /^Quick look/ })).toHaveCount(0)
  await expect(main.getByText(/^Cannot start/)).toHaveCount(0)
  await main.getByRole('button', { name: 'Start', exact: true }).click()
  const run = page.getByTestId('run')
  await expect(run).toHaveAttribute('data-status', 'finished', { timeout: trainingTimeout })
  await expect(run.getByRole('img', { name: /^Samples at step 0, one row per class/ })).toBeVisible()
  await expect(run.getByRole('heading', { name: 'Losses' })).toHaveCount(0)
  await expect(page.getByTestId('health')).toHaveCount(0)
  await expect(run.getByRole('button', { name: /^Continue training|^Resume/ })).toHaveCount(0)
  await expect(run.getByText('Step', { exact: true })).toHaveCount(0)
  await expectAccessible(page)

  // The dialog knows the run; review opens once it has begun.
  await run.getByRole('button', { name: 'Generate and review' }).click()
  const dialog = page.getByRole('dialog', { name: 'Generate candidates' })
  await expect(dialog.getByLabel('Run').getByRole('option')).toHaveCount(1)
  await dialog.getByLabel('How many').fill('3')
  await dialog.getByRole('button', { name: 'Generate', exact: true }).click()
  await expect(page.getByLabel('3 candidates to review')).toBeVisible({ timeout: trainingTimeout })
  expect(app.problems).toEqual([])
})
