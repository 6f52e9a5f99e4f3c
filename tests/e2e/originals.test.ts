import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from './app-fixture.ts'
import { expectAccessible, goTo, openProject, prepareProject } from './steps.ts'

test('a project changes its size in the window, and exports real images as they were imported', async ({
  app,
  workspace,
}) => {
  const { page } = app
  const project = await prepareProject(workspace, { name: 'line', classes: { frayed: 12, pit: 2 } })
  await openProject(app, project)
  await expect(page.getByRole('banner')).toContainText('32')
  await page.getByRole('button', { name: 'Change size…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Change the size of the images' })
  await expect(dialog.getByTestId('originals')).toContainText('14')
  await dialog.getByLabel('Image size').selectOption('64')
  await dialog.getByLabel('Inspector name').fill('Ann')
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Change size', exact: true }).click()
  await expect(dialog).toHaveCount(0)
  await expect(page.getByRole('banner')).toContainText('64')

  await goTo(page, 'Export')
  await expect(page.getByTestId('absent-class')).toHaveText('pit: no image in val, test')
  await page.getByRole('radio', { name: 'Original size' }).click()
  await expect(page.getByRole('main')).toContainText('size of their originals')
  await expectAccessible(page)
  const shared = join(workspace.folder, 'shared')
  await app.answerFolderDialog(workspace.folder)
  await page.getByRole('button', { name: 'Change…' }).click()
  await page.getByLabel('New folder').fill('shared')
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  await expect(page.getByTestId('export-done')).toHaveText('14 files written.')
  expect(await readdir(join(shared, 'val', 'pit'))).toEqual(['no-images.txt'])
  expect((await readFile(join(shared, 'manifest.csv'), 'utf8')).split('\r\n')[1]).toMatch(/,40,30,[0-9a-f]{64}$/)
  expect(app.problems).toEqual([])
})
