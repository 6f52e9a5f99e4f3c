import { join } from 'node:path'
import { drawPartFolders } from '../helpers/part-folders.ts'
import { expect, test } from './app-fixture.ts'
import { createProject, importFolder } from './steps.ts'

test('images of the same part are shown together, with what makes them so', async ({ app, workspace }) => {
  const { page } = app
  await createProject(app, { projects: workspace.projectsFolder })
  const folder = join(workspace.folder, 'in', 'parts')
  await drawPartFolders(folder, {
    scratch: { kind: 'scratched', parts: 8, views: 3 },
    stain: { kind: 'grain', parts: 6, views: 2 },
  })
  await importFolder(app, folder)
  const classes = page.getByRole('table').filter({ hasText: 'Parts' })
  await expect(classes.getByRole('row', { name: /scratch/ })).toContainText(/24\s*8/)
  await page.getByRole('tab', { name: 'Groups' }).click()
  const list = page.getByRole('region', { name: 'Images of the same part' })
  const first = list.getByRole('article').first()
  await expect(first).toContainText('3 images')
  await expect(first.getByRole('button')).toHaveCount(3)
  await expect(first.getByRole('button').nth(0)).toContainText('middle')
  await expect(first.getByRole('button').nth(1)).toContainText(/0\.\d\d/)
  await page.getByRole('button', { name: 'Across splits' }).click()
  await expect(page.getByText('No such groups')).toBeVisible()
  await page.getByRole('button', { name: 'All', exact: true }).click()
  await first.getByRole('button').nth(2).click()
  await page.getByRole('button', { name: 'Not the same part as the rest' }).click()
  await page.getByRole('dialog').getByRole('textbox').fill('Li Wei')
  await page.getByRole('dialog').getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByText('Decided for 3 images')).toBeVisible()
  await page.getByRole('button', { name: 'By hand', exact: true }).click()
  await expect(list.getByRole('article')).toHaveCount(1)
  await expect(list.getByRole('article').first()).toContainText('2 images')
  await page.getByRole('button', { name: 'Take back' }).click()
  await expect(page.getByText('No such groups')).toBeVisible()
  await page.getByRole('button', { name: 'All', exact: true }).click()
  await page.getByLabel('Correlation from').fill('0.95')
  await page.getByRole('button', { name: 'Compare again' }).click()
  await expect(list.getByRole('article').first()).not.toContainText('0.7')
  expect(app.problems).toEqual([])
})
