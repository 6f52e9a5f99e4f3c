import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { drawClassFolders } from '../helpers/class-folders.ts'
import { expect, test } from './app-fixture.ts'
import {
  createProject,
  decide,
  expectAccessible,
  generate,
  goTo,
  importFolder,
  trainingTimeout,
  trainSteps,
} from './steps.ts'

test('the whole job, by mouse and keyboard: import, train, generate, review, export', async ({ app, workspace }) => {
  const { page } = app
  const folder = join(workspace.folder, 'class folders')
  await drawClassFolders(folder, { good: 14, scratch: 6 })
  await expectAccessible(page)

  await createProject(app, { projects: workspace.projectsFolder })
  await importFolder(app, folder)
  await expect(page.getByRole('main')).toContainText('Imbalance 2.5 : 1')
  await page.getByLabel('Test, %').fill('20')
  await page.getByLabel('Test, %').press('Tab')
  await expect(page.getByRole('row', { name: /^good good: 14 images/ })).toContainText('3')
  await page.getByLabel('Test, %').fill('15')
  await page.getByLabel('Test, %').press('Tab')
  await expect(page.getByRole('main')).toContainText('Imbalance 2.5 : 1')
  await expectAccessible(page)

  await goTo(page, 'Train')
  const estimate = page.getByTestId('estimate')
  await expect(estimate).toHaveAttribute('data-state', 'measuring')
  await expect(estimate).toHaveText(/About .*steps.* ms per step on \w+, .* of memory/, {
    timeout: trainingTimeout,
  })
  await expectAccessible(page)

  await trainSteps(page, 8)
  await expect(page.getByRole('main')).toContainText('finished', { timeout: trainingTimeout })
  await expect(page.getByRole('img', { name: /Samples at step 8/ })).toBeVisible()
  await expectAccessible(page)

  await generate(page, { count: 10, className: /scratch/ })
  await expect(page.getByLabel('10 candidates to review')).toBeVisible({ timeout: trainingTimeout })
  await expectAccessible(page)

  await page.keyboard.press('a')
  await page.getByLabel('Inspector name').fill('Ann')
  await page.getByRole('button', { name: 'Start reviewing' }).click()
  await expect(page.getByLabel('9 candidates to review')).toBeVisible()
  await expect(page.getByRole('img', { name: /Candidate \d+ of class scratch/ })).toBeVisible()
  for (let left = 8; left >= 2; left -= 1) {
    await decide(page, 'a')
    await expect(page.getByLabel(`${left} candidates to review`)).toBeVisible()
  }
  await decide(page, '3')
  await expect(page.getByLabel('1 candidate to review')).toBeVisible()
  await page.keyboard.press('u')
  await expect(page.getByLabel('2 candidates to review')).toBeVisible()
  await page.keyboard.press('g')
  await expect(page.getByRole('grid', { name: 'Candidates' })).toBeVisible()
  await page.keyboard.press('r')
  await expect(page.getByLabel('1 candidate to review')).toBeVisible()
  await expectAccessible(page)

  await goTo(page, 'Dataset')
  await expect(page.getByTestId('splits-locked')).toContainText('by run 1')
  await expectAccessible(page)

  await goTo(page, 'Export')
  await app.answerFolderDialog(workspace.folder)
  await page.getByRole('button', { name: 'Change…' }).click()
  await page.getByLabel('New folder').fill('balanced')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Export', exact: true }).last().click()
  await expect(page.getByText(/files written/).first()).toBeVisible()
  const train = await readdir(join(workspace.folder, 'balanced', 'train', 'scratch'))
  expect(train.filter((name) => name.includes('synthetic'))).toHaveLength(6)

  expect(app.problems).toEqual([])
})

test('the service is killed while it trains: the window says so, nothing is lost, the run resumes', async ({
  app,
  workspace,
}) => {
  const { page, electron } = app
  const folder = join(workspace.folder, 'class folders')
  await drawClassFolders(folder, { good: 12, scratch: 6 })
  await createProject(app, { projects: workspace.projectsFolder })
  await importFolder(app, folder)
  await expect(page.getByRole('main')).toContainText('Imbalance 2 : 1')
  await trainSteps(page, 100_000)
  // A run can be resumed from its first checkpoint on.
  await expect(page.getByRole('button', { name: 'Generate and review' })).toBeEnabled({ timeout: trainingTimeout })

  const pid = await electron.evaluate(
    ({ app: { getAppMetrics } }) => getAppMetrics().find(({ name }) => name === 'Flawsmith service')?.pid,
  )
  process.kill(pid ?? 0, 'SIGKILL')

  await expect(page.getByText('The service ended unexpectedly and has started again.', { exact: false })).toBeVisible()
  await expect(page.getByText(/Run 1 was cut off: it can be resumed from its checkpoint at step \d+/)).toBeVisible()
  await expect(page.getByRole('banner')).toContainText('Line 3')
  await expect(page.getByRole('main')).toContainText('interrupted')
  await page.getByRole('button', { name: 'Resume' }).click()
  await expect(page.getByRole('button', { name: 'Pause', exact: true })).toBeEnabled({ timeout: trainingTimeout })
  await page.getByRole('button', { name: 'Pause', exact: true }).click()
  await expect(page.getByRole('main')).toContainText('paused', { timeout: trainingTimeout })

  await generate(page, { count: 4, className: /scratch/ })
  await expect(page.getByLabel('4 candidates to review')).toBeVisible({ timeout: trainingTimeout })
  expect(app.problems).toEqual([])
})

test('a reloaded page finds its project and its training again', async ({ app, workspace }) => {
  const { page } = app
  const folder = join(workspace.folder, 'class folders')
  await drawClassFolders(folder, { good: 12, scratch: 6 })
  await createProject(app, { projects: workspace.projectsFolder })
  await importFolder(app, folder)
  await expect(page.getByRole('main')).toContainText('Imbalance 2 : 1')
  await trainSteps(page, 100_000)
  await expect(page.getByRole('contentinfo')).toContainText(/Run 1, step/, { timeout: trainingTimeout })
  await page.reload()
  await expect(page.getByRole('banner')).toContainText('Line 3')
  await expect(page.getByRole('contentinfo')).toContainText(/Run 1, step/)
  expect(app.problems).toEqual([])
})
