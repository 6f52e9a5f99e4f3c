import { join } from 'node:path'
import { expect, test } from './app-fixture.ts'
import { prepareScoredProject } from './scored-project.ts'
import { expectAccessible, goTo, openProject, trainingTimeout } from './steps.ts'

test('runs stand beside each other: what was not measured says so, and candidates stand beside their nearest real image', async ({
  app,
  workspace,
}) => {
  const { page } = app
  const folder = join(workspace.folder, 'compared')
  await prepareScoredProject(folder, { source: join(workspace.folder, 'src') })
  await openProject(app, folder)
  await expect(page.getByRole('banner')).toContainText('compared')
  await goTo(page, 'Evaluate')
  await page.getByRole('tab', { name: 'Runs and recipes' }).click()
  const table = page.getByTestId('compared-runs')
  const row = table.getByRole('row').filter({ has: page.getByRole('rowheader', { name: '1 · AC-GAN' }) })
  await expect(row.getByRole('cell').nth(3)).toHaveText('not measured')
  await expect(row).toContainText('none decided')
  await expect(row).toContainText('0 of 18')

  // 18 candidates are too few for figures, and that is what is said.
  await page.getByRole('button', { name: 'Measure the runs' }).click()
  await expect(row.getByRole('cell').nth(3)).toContainText('not measured: 60 needed', { timeout: trainingTimeout })
  await expect(row.getByRole('cell').nth(4)).toContainText(/not measured: 30 needed.*n \d+ \/ 18/)
  await expectAccessible(page)

  await row.getByRole('button', { name: 'Look at run 1, pit' }).click()
  const montage = page.getByTestId('montage')
  await expect(montage.getByRole('img')).toHaveCount(12)
  const worst = await montage.getByRole('img').first().getAttribute('aria-label')
  expect(worst).toMatch(/^Candidate \d+ beside real image \d+$/)
  await page.getByRole('button', { name: 'Best first' }).click()
  await expect(montage.getByRole('img').first()).not.toHaveAttribute('aria-label', worst ?? '')
  await expect(page.getByRole('main')).toContainText('Nothing was measured while it trained')
  await expectAccessible(page)
  expect(app.problems).toEqual([])
})
