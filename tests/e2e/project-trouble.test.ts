import { mkdir, readdir, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { canMount, mountReadOnly } from '../helpers/mounted-folder.ts'
import { expect, launchApp, test } from './app-fixture.ts'
import { goTo, openProject, prepareProject } from './steps.ts'

test('a damaged database is offered its automatic backups, and opens from one', async ({ app, workspace }) => {
  const { page } = app
  const folder = await prepareProject(workspace, { name: 'damaged', classes: { good: 5, scratch: 3 } })
  expect(await readdir(join(folder, 'backups'))).not.toEqual([])
  await writeFile(join(folder, 'flawsmith.sqlite'), Buffer.alloc(20_000, 'no database'))

  await openProject(app, folder)
  await expect(page.getByRole('alert')).toContainText('The project database is damaged')
  await expect(page.getByRole('alert')).toContainText(folder)
  await page.getByRole('list', { name: 'Backups' }).getByRole('button', { name: 'Restore' }).first().click()
  await expect(page.getByRole('banner')).toContainText('damaged')
  await expect(page.getByRole('alert')).toHaveCount(0)
  expect((await readdir(join(folder, 'backups'))).filter((name) => name.startsWith('damaged-'))).toHaveLength(1)
  expect(app.problems).toEqual([])
})

test('a database cut short is offered its backups too, and one without backups says what to do', async ({
  app,
  workspace,
}) => {
  const { page } = app
  const folder = await prepareProject(workspace, { name: 'cut', classes: { good: 5 } })
  await truncate(join(folder, 'flawsmith.sqlite'), 9000)
  await openProject(app, folder)
  await expect(page.getByRole('list', { name: 'Backups' })).toBeVisible()
  await page.getByRole('alert').getByRole('button', { name: 'Dismiss' }).click()
  await expect(page.getByRole('alert')).toHaveCount(0)

  const foreign = join(workspace.folder, 'foreign')
  await openProject(app, foreign)
  await expect(page.getByTestId('failure')).toHaveAttribute('data-code', 'project_not_found')
  expect(app.problems).toEqual([])
})

test('a project of a newer version is left alone, with a clear message', async ({ app, workspace }) => {
  const { page } = app
  const folder = await prepareProject(workspace, { name: 'newer', classes: { good: 2 } })
  const database = new Database(join(folder, 'flawsmith.sqlite'))
  database.pragma('user_version = 1000')
  database.close()

  await openProject(app, folder)
  await expect(page.getByTestId('failure')).toHaveAttribute('data-code', 'project_newer')
  await expect(page.getByRole('alert')).toContainText('saved by a newer Flawsmith')
  await expect(page.getByRole('alert')).toContainText('1,000')
  await expect(page.getByRole('banner')).toContainText('No project open')
  expect(app.problems).toEqual([])
})

test('a second window on the same project says it is in use; the first goes on', async ({ app, workspace }) => {
  const folder = await prepareProject(workspace, { name: 'shared', classes: { good: 3, scratch: 2 } })
  await openProject(app, folder)
  await expect(app.page.getByRole('banner')).toContainText('shared')

  // Another user of the machine: one user's second start comes back to the first window.
  const second = await launchApp({ ...workspace, dataFolder: join(workspace.folder, 'data of another user') })
  await openProject(second, folder)
  await expect(second.page.getByTestId('failure')).toHaveAttribute('data-code', 'project_in_use')
  await expect(second.page.getByRole('banner')).toContainText('No project open')

  await goTo(app.page, 'Export')
  await expect(app.page.getByRole('main')).toContainText('scratch')
  await app.page.getByRole('button', { name: 'Close project' }).click()
  await openProject(second, folder)
  await expect(second.page.getByRole('banner')).toContainText('shared')
  expect([...app.problems, ...second.problems]).toEqual([])
  await second.close()
})

test('a read-only project folder is opened for looking, exports elsewhere and refuses every change', async ({
  app,
  workspace,
}) => {
  test.skip(!canMount, 'root ignores permissions and only root may mount: needs root on Linux')
  const { page } = app
  const folder = await prepareProject(workspace, { name: 'sealed', classes: { good: 2 } })
  const sealed = join(workspace.folder, 'read only')
  const plain = join(workspace.folder, 'plain')
  await mkdir(plain)
  const sealedTarget = join(workspace.folder, 'read only target')
  const unmounts = [mountReadOnly(folder, sealed), mountReadOnly(plain, sealedTarget)]
  try {
    await openProject(app, sealed)
    await expect(page.getByTestId('read-only')).toContainText('Opened for looking only')
    await expect(page.getByRole('banner')).toContainText('sealed')
    await goTo(page, 'Export')
    await app.answerFolderDialog(workspace.folder)
    await page.getByRole('button', { name: 'Change…' }).click()
    await page.getByLabel('New folder').fill('from sealed')
    await page.getByRole('button', { name: 'Export', exact: true }).last().click()
    await expect(page.getByTestId('export-not-recorded')).toBeVisible()
    await page.getByRole('button', { name: 'Close project' }).click()
    await expect(page.getByTestId('read-only')).toHaveCount(0)

    await openProject(app, folder)
    await expect(page.getByRole('banner')).toContainText('sealed')
    await goTo(page, 'Export')
    await app.answerFolderDialog(sealedTarget)
    await page.getByRole('button', { name: 'Change…' }).click()
    await page.getByLabel('New folder').fill('balanced')
    await page.getByRole('button', { name: 'Export', exact: true }).last().click()
    await expect(page.getByTestId('failure')).toHaveAttribute('data-code', 'folder_not_writable')
    expect(app.problems).toEqual([])
  } finally {
    for (const unmount of unmounts) unmount()
  }
})

test('an own folder that cannot be written to is a warning, and everything works', async ({ workspace }) => {
  test.skip(!canMount, 'root ignores permissions and only root may mount: needs root on Linux')
  const folder = await prepareProject(workspace, { name: 'line', classes: { good: 3, scratch: 2 } })
  const sealed = join(workspace.folder, 'sealed data')
  const unmount = mountReadOnly(workspace.dataFolder, sealed)
  try {
    const app = await launchApp({ ...workspace, dataFolder: sealed })
    const { page } = app
    await openProject(app, folder)
    await expect(page.getByRole('banner')).toContainText('line')
    const warning = page.getByTestId('warning')
    await expect(warning).toHaveAttribute('data-code', 'settings_not_kept')
    await expect(warning).toContainText('Flawsmith cannot write to its own folder')
    await page.getByRole('button', { name: 'Dismiss' }).click()
    await expect(warning).toHaveCount(0)
    await goTo(page, 'Export')
    await expect(page.getByRole('main')).toContainText('scratch')
    await app.close()
  } finally {
    unmount()
  }
})
