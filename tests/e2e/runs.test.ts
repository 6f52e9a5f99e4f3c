import type { Page } from '@playwright/test'
import { runFlawsmith } from '../helpers/run-flawsmith.ts'
import type { Workspace } from './app-fixture.ts'
import { expect, test } from './app-fixture.ts'
import { expectAccessible, goTo, openProject, prepareProject, trainingTimeout } from './steps.ts'

/** Run 1 has checkpoints at steps 5 and 8, run 2 one at step 3. */
async function prepareRuns(workspace: Workspace): Promise<string> {
  const project = await prepareProject(workspace, { name: 'line', classes: { good: 8, scratch: 4 }, steps: 5 })
  const train = async (...args: readonly string[]): Promise<void> => {
    const { code, stderr } = await runFlawsmith(['train', project, ...args, '--json'], workspace)
    if (code !== 0) throw new Error(stderr)
  }
  await train('--resume', '1', '--steps', '8')
  await train('--recipe', 'acgan', '--steps', '3', '--engine', 'wasm', '--seed', '2')
  return project
}

async function selectRun(page: Page, run: number): Promise<void> {
  await goTo(page, 'Train')
  await page
    .getByRole('main')
    .getByRole('button', { name: new RegExp(`^Run ${run}\\b`) })
    .click()
  await expect(page.getByTestId('run').getByRole('heading', { name: `Run ${run}`, exact: true })).toBeVisible()
}

const samplesAt = (page: Page, step: number) =>
  page.getByTestId('run').getByRole('img', { name: new RegExp(`^Samples at step ${step},`) })

test('runs are annotated, compared, and taken up from their checkpoints', async ({ app, workspace }) => {
  const { page } = app
  await openProject(app, await prepareRuns(workspace))
  await expect(page.getByRole('banner')).toContainText('line')

  await test.step('a note is saved when its field is left, and found again', async () => {
    await selectRun(page, 1)
    await page.getByRole('button', { name: 'Note', exact: true }).click()
    const note = page.getByRole('textbox', { name: 'Note on this run' })
    await note.fill('Rate halved; stripes are gone.\n划痕变清晰了')
    await note.blur()
    await expect(page.getByRole('button', { name: /^Run 1 Has a note/ })).toBeVisible()
    await expectAccessible(page)
    await page.reload()
    await expect(page.getByRole('banner')).toContainText('line')
    await selectRun(page, 1)
    await page.getByRole('button', { name: 'Note •' }).click()
    await expect(note).toHaveValue('Rate halved; stripes are gone.\n划痕变清晰了')
  })

  await test.step('two runs side by side, at one step of both', async () => {
    const choice = page.getByRole('combobox', { name: 'Compare with…' })
    await choice.selectOption({ label: 'Run 2: AC-GAN' })
    const comparison = page.getByTestId('comparison')
    await expect(page.getByRole('group', { name: 'Run 1 beside run 2' })).toBeVisible()
    for (const name of ['Run 1', 'Run 2']) {
      await expect(comparison.getByRole('heading', { name, exact: true })).toBeVisible()
    }
    await expect(samplesAt(page, 8)).toBeVisible()
    await expect(samplesAt(page, 3)).toBeVisible()
    await page.getByRole('slider', { name: 'Snapshot' }).press('Home')
    await expect(samplesAt(page, 0)).toHaveCount(2)
    await expectAccessible(page)
    await choice.selectOption('')
    await expect(comparison).toHaveCount(0)
    await expect(samplesAt(page, 8)).toBeVisible()
  })

  const checkpoints = page.getByRole('list', { name: 'Checkpoints' })
  await test.step('a checkpoint is kept, and the run continues from it', async () => {
    await page.getByRole('button', { name: 'Checkpoints (2)' }).click()
    const keep = checkpoints.getByRole('button', { name: 'Keep the checkpoint of step 5' })
    await expect(keep).toHaveAttribute('aria-pressed', 'false')
    await keep.click()
    await expect(keep).toHaveAttribute('aria-pressed', 'true')
    await expectAccessible(page)

    await checkpoints.getByRole('button', { name: 'Continue from here, step 5' }).click()
    const dialog = page.getByRole('dialog', { name: 'Continue training run 1' })
    await expect(dialog).toContainText('after step 5 are dropped')
    // What is left of the eight steps.
    await expect(dialog.getByLabel('Steps to add')).toHaveValue('3')
    await dialog.getByLabel('Steps to add').fill('2')
    await dialog.getByRole('button', { name: 'Continue training' }).click()
    await expect(checkpoints.getByRole('button', { name: 'Keep the checkpoint of step 7' })).toBeVisible({
      timeout: trainingTimeout,
    })
    await expect(page.getByTestId('run')).toHaveAttribute('data-status', 'finished', { timeout: trainingTimeout })
    await expect(samplesAt(page, 7)).toBeVisible()
    await expect(checkpoints.getByRole('listitem')).toHaveCount(2)
    await expect(keep).toHaveAttribute('aria-pressed', 'true')
  })

  await test.step('candidates are drawn from the kept checkpoint', async () => {
    await checkpoints.getByRole('button', { name: 'Generate from here, step 5' }).click()
    const dialog = page.getByRole('dialog', { name: 'Generate candidates' })
    await expect(dialog.getByLabel('Run').getByRole('option')).toHaveText([/Run 1: AC-GAN, .*, step 5$/])
    await dialog.getByLabel('How many').fill('3')
    await dialog.getByRole('button', { name: 'Generate', exact: true }).click()
    await expect(page.getByLabel('3 candidates to review')).toBeVisible({ timeout: trainingTimeout })
  })

  expect(app.problems).toEqual([])
})
