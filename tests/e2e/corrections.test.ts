import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { drawSampleSet } from '../../native-worker/images/sample-set/draw-sample-set.ts'
import type { CommandResult } from '../helpers/run-flawsmith.ts'
import { runFlawsmith } from '../helpers/run-flawsmith.ts'
import { expect, launchApp, test } from './app-fixture.ts'
import { expectAccessible, goTo, openProject, prepareProject } from './steps.ts'

const cell = (page: Page, index: number) => page.locator(`[data-index="${String(index)}"]`)
const chooseClass = (page: Page, name: string): Promise<void> =>
  page.getByRole('table').first().getByRole('button', { name, exact: true }).click()
const countOf = (page: Page, name: string) =>
  page
    .getByRole('row')
    .filter({ has: page.getByRole('button', { name, exact: true }) })
    .getByRole('cell')
    .nth(1)

test('images are moved, taken back and excluded with the keyboard, and it is so after a restart', async ({
  app,
  workspace,
}) => {
  const { page } = app
  const project = await prepareProject(workspace, { name: 'line', classes: { good: 9, pit: 6 } })
  await openProject(app, project)
  await goTo(page, 'Dataset')
  await chooseClass(page, 'good')
  await cell(page, 0).click()
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('Shift+ArrowRight')
  await expect(page.getByText('3 of 9 selected')).toBeVisible()

  await page.keyboard.press('m')
  await page.getByRole('dialog', { name: 'Move 3 images to' }).getByRole('button', { name: /pit/ }).click()
  // Asked once, and then the move follows.
  const who = page.getByRole('dialog', { name: 'Who is changing the data set?' })
  await who.getByLabel('Inspector name').fill('Ann')
  await who.getByRole('button', { name: 'Continue' }).click()
  await expect(countOf(page, 'pit')).toHaveText('9')
  await expect(page.getByRole('status').getByText('3 images moved to pit.')).toBeVisible()
  await page.getByRole('status').getByRole('button', { name: 'Undo' }).click()
  await expect(countOf(page, 'pit')).toHaveText('6')
  await expect(countOf(page, 'good')).toHaveText('9')

  await cell(page, 1).click()
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('large-image')).toContainText('2 of 9')
  await page.keyboard.press('ArrowRight')
  await expect(page.getByTestId('large-image')).toContainText('3 of 9')
  await page.keyboard.press('Escape')
  await expect(page.getByTestId('large-image')).toBeHidden()

  await cell(page, 2).click()
  await page.keyboard.press('x')
  await expect(countOf(page, 'good')).toHaveText('8')
  await expectAccessible(page)
  expect(app.problems).toEqual([])
  await app.close()

  const again = await launchApp(workspace)
  await goTo(again.page, 'Dataset')
  await expect(countOf(again.page, 'good')).toHaveText('8')
  await again.page.getByLabel('State').selectOption('excluded')
  await expect(cell(again.page, 0)).toHaveAttribute('aria-label', /^good, good\/.*excluded$/)
  await again.page.getByRole('button', { name: 'Imports and changes' }).click()
  const history = again.page.getByTestId('history')
  await expect(history.getByRole('listitem').first()).toContainText('1 image excluded')
  await history.getByRole('button', { name: 'Undo: 1 image excluded' }).click()
  await expect(countOf(again.page, 'good')).toHaveText('9')

  await history.getByRole('button', { name: 'Undo import' }).click()
  const confirm = again.page.getByRole('dialog', { name: 'Undo this import' })
  await expect(confirm).toContainText('15 images')
  await confirm.getByRole('button', { name: 'Undo import' }).click()
  await expect(again.page.getByRole('banner')).toContainText('0 images')
  expect(again.problems).toEqual([])
  await again.close()
  const verified = await runFlawsmith(['verify', project, '--json'], { dataFolder: workspace.dataFolder })
  expect(verified.json()).toMatchObject({ problems: [] })
})

test('a class is renamed in its row, merged with its figures said, and left out', async ({ app, workspace }) => {
  const { page } = app
  await openProject(app, await prepareProject(workspace, { name: 'line', classes: { good: 8, pit: 5, dent: 3 } }))
  await page.evaluate(() => {
    localStorage.setItem('flawsmith.inspector', 'Ann')
  })
  await page.reload()
  await goTo(page, 'Dataset')
  await chooseClass(page, 'dent')
  await page.keyboard.press('F2')
  await page.getByLabel('New name of dent').fill('dents')
  await page.keyboard.press('Enter')
  await expect(countOf(page, 'dents')).toHaveText('3')
  await page.getByRole('button', { name: 'Merge…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: /pit/ }).click()
  const confirm = page.getByRole('dialog', { name: 'Merge dents into' })
  await expect(confirm).toContainText('3 images of dents become images of pit')
  await confirm.getByRole('button', { name: 'Merge', exact: true }).click()
  await expect(countOf(page, 'pit')).toHaveText('8')
  await chooseClass(page, 'pit')
  await page.getByRole('button', { name: 'Leave out' }).click()
  await expect(page.getByRole('row').filter({ hasText: 'pit' })).toContainText('left out')
  expect(app.problems).toEqual([])
})

test('a label that its neighbours deny is found and put right', async ({ app, workspace }) => {
  const { page } = app
  const project = join(workspace.projectsFolder, 'line')
  const folder = join(workspace.folder, 'steel')
  const flawsmith = (...args: readonly string[]): Promise<CommandResult> =>
    runFlawsmith([...args, '--json'], { dataFolder: workspace.dataFolder })
  await drawSampleSet({ kind: 'drawSampleSet', id: 1, folder, seed: 1, size: 64, classes: { good: 60, pit: 30 } })
  await flawsmith('init', project, '--size', '64')
  await flawsmith('import', project, folder)
  const { images } = (await flawsmith('images', 'list', project, '--class', 'pit')).json() as {
    images: readonly { id: number; sourcePath: string }[]
  }
  const wrong = images.slice(0, 4)
  await flawsmith('images', 'relabel', project, ...wrong.map(({ id }) => String(id)), '--class', 'good', '--by', 'Bob')
  await openProject(app, project)
  await page.evaluate(() => {
    localStorage.setItem('flawsmith.inspector', 'Ann')
  })
  await page.reload()
  await goTo(page, 'Dataset')
  await page.getByRole('tab', { name: 'Problems' }).click()
  await page.getByRole('button', { name: 'Check the labels' }).click()
  const suspects = page.getByTestId('suspects').getByRole('listitem')
  await expect(suspects.first()).toContainText('neighbours are pit')
  const path =
    (await suspects
      .first()
      .getByTitle(/\.png$/)
      .getAttribute('title')) ?? ''
  expect(wrong.map(({ sourcePath }) => sourcePath)).toContain(path)
  await suspects.first().getByRole('button', { name: 'It is pit' }).click()
  await expect(page.getByRole('status').getByText('1 image moved to pit.')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('tab', { name: 'Images' }).click()
  await expect(countOf(page, 'pit')).toHaveText('27')
  expect(app.problems).toEqual([])
})
