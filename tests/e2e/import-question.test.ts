import { cp, mkdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from './app-fixture.ts'
import { chooseImport, expectAccessible, openProject, prepareProject } from './steps.ts'

const caseFolder = (name: string): string => join(import.meta.dirname, '../fixtures/cases', name, 'src')

test('one folder too much: the window asks, shows the images, and imports what was chosen', async ({
  app,
  workspace,
}) => {
  const { page } = app
  await openProject(app, await prepareProject(workspace, { name: 'line', classes: {} }))
  await expect(page.getByRole('banner')).toContainText('line')
  const folder = join(workspace.folder, 'delivery')
  await mkdir(folder)
  await cp(join(caseFolder('wrapper'), 'defects_v2'), join(folder, 'defects_v2'), { recursive: true })
  await rename(join(folder, 'defects_v2', 'ok'), join(folder, 'defects_v2', 'pit'))

  const dialog = await chooseImport(app, folder)
  await expect(dialog).toContainText('This folder can be read in 3 ways. Which is right?')
  await expect(dialog.getByRole('radio', { name: /^3 classes/ })).toBeChecked()
  const classes = dialog.getByRole('region', { name: 'Classes of this reading' })
  await expect(classes.getByRole('listitem')).toHaveCount(3)
  // Pictures of the folder itself, made for looking.
  await expect(classes.getByRole('img')).toHaveCount(12)
  await expect
    .poll(() =>
      classes
        .getByRole('img')
        .evaluateAll((found) => found.map((image) => image instanceof HTMLImageElement && image.naturalWidth > 0)),
    )
    .toEqual(Array.from({ length: 12 }, () => true))
  await expectAccessible(page)

  // One level up, by keyboard, is one class.
  await dialog.getByRole('radio', { name: /^3 classes/ }).press('ArrowDown')
  await expect(dialog.getByRole('radio', { name: /^1 class / })).toBeChecked()
  await expect(classes.getByRole('listitem')).toHaveCount(1)
  await dialog.getByRole('radio', { name: /^1 class / }).press('ArrowUp')
  await expect(classes.getByRole('listitem')).toHaveCount(3)
  await classes.getByRole('checkbox', { name: /pit/ }).uncheck()
  await dialog.getByRole('button', { name: 'Import 8 images' }).click()
  await expect(page.getByRole('banner')).toContainText('8 images')
  await expect(page.getByRole('main')).toContainText('scratch')
  await expect(page.getByRole('main').getByText('pit', { exact: true })).toHaveCount(0)
  expect(app.problems).toEqual([])
})

test('long strips: what each way to make them square keeps is shown before anything is imported', async ({
  app,
  workspace,
}) => {
  const { page } = app
  await openProject(app, await prepareProject(workspace, { name: 'strips', classes: {} }))
  await expect(page.getByRole('banner')).toContainText('strips')
  const dialog = await chooseImport(app, caseFolder('panorama-crop'))
  await expect(dialog).toContainText('Is it right?')
  await expect(dialog.getByRole('radio', { name: /Crop.*loses 98%/ })).toBeChecked()
  await expect(dialog).toContainText('5 of 5 images looked at lose more than half of their longer side.')
  await dialog.getByRole('radio', { name: /Letterbox/ }).check()
  await expect(dialog).not.toContainText('looked at lose')
  await expect(dialog.getByRole('img', { name: /as it would be stored/ })).toHaveCount(3)
  await dialog.getByRole('button', { name: 'Import 5 images' }).click()
  await expect(page.getByRole('banner')).toContainText('5 images')
  expect(app.problems).toEqual([])
})

test('the same file in two class folders: one click says which it is', async ({ app, workspace }) => {
  const { page } = app
  await openProject(app, await prepareProject(workspace, { name: 'twins', classes: {} }))
  await expect(page.getByRole('banner')).toContainText('twins')
  const dialog = await chooseImport(app, caseFolder('label-conflict'))
  await dialog.getByRole('button', { name: 'Import 7 images' }).click()
  await expect(page.getByRole('banner')).toContainText('5 images')
  const conflicts = page.getByTestId('label-conflicts')
  await conflicts.getByRole('button', { name: 'Decide' }).click()
  await expect(conflicts.getByRole('listitem')).toHaveCount(1)
  await expectAccessible(page)
  await conflicts.getByRole('button', { name: /is patches$/ }).click()
  const name = page.getByRole('dialog').getByRole('textbox')
  await name.fill('Ann')
  await name.press('Enter')
  await expect(page.getByRole('banner')).toContainText('6 images')
  await expect(conflicts).toHaveCount(0)
  expect(app.problems).toEqual([])
})
