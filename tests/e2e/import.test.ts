import { randomBytes } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { drawBadFolders, drawOddlyNamedFolders, linkCopies, oddNames } from '../helpers/bad-folders.ts'
import { drawClassFolders } from '../helpers/class-folders.ts'
import type { RunningApp } from './app-fixture.ts'
import { expect, test } from './app-fixture.ts'
import { chooseImport, findProcesses, goTo, importFolder, openProject, prepareProject, waitForChild } from './steps.ts'

/** Grey noise: as slow to decode as a picture of this size can be. */
const slowPicture = (edge: number): Promise<Buffer> =>
  sharp(randomBytes(edge * edge), { raw: { width: edge, height: edge, channels: 1 } })
    .png({ compressionLevel: 1 })
    .toBuffer()

async function openEmptyProject(app: RunningApp, workspace: Parameters<typeof prepareProject>[0]): Promise<void> {
  await openProject(app, await prepareProject(workspace, { name: 'line', classes: {} }))
  await expect(app.page.getByRole('banner')).toContainText('line')
  await goTo(app.page, 'Dataset')
}

test('bad files are listed, each with its reason; the rest is imported', async ({ app, workspace }) => {
  const { page } = app
  await openEmptyProject(app, workspace)
  const folder = join(workspace.folder, 'in', 'bad')
  const expected = await drawBadFolders(folder)
  await importFolder(app, folder)
  const report = page.getByTestId('import-report')
  // Every file is counted once.
  const counts = Object.values(expected)
  await expect(report.getByRole('definition').nth(1)).toHaveText('1')
  await expect(report.getByRole('definition').nth(2)).toHaveText('2')
  await expect(report.getByRole('definition').nth(3)).toHaveText(String(counts.length - 3))
  await expect(page.getByTestId('label-conflicts')).toContainText('1 file lies in the folders of several classes.')
  // What is wrong with the labels comes first.
  await expect(report.getByRole('listitem').filter({ hasText: 'good: good/1.png' })).toBeVisible()
  const names = {
    duplicate: 'Duplicate',
    label_conflict: 'Same file in several classes',
    too_many_pixels: 'Too many pixels',
    empty_file: 'Empty file',
    symlink_outside: 'Link out of the folder',
    not_an_image: 'Not an image',
    corrupt: 'Damaged image',
  } as const
  for (const [path, reason] of Object.entries(expected)) {
    const name = names[reason as keyof typeof names]
    await report
      .getByLabel('Reason')
      .selectOption({ label: `${name} (${counts.filter((each) => each === reason).length})` })
    await expect(report.getByTitle(path, { exact: true })).toBeVisible()
  }
  await expect(page.getByRole('banner')).toContainText('2 images')
  expect(app.problems).toEqual([])
})

test('names with spaces, quotes, Chinese, emoji and 200 characters', async ({ app, workspace }) => {
  const { page } = app
  await openEmptyProject(app, workspace)
  const folder = join(workspace.folder, `it's "all" 图像 🔥`)
  await drawOddlyNamedFolders(folder)
  await importFolder(app, folder)
  await expect(page.getByRole('banner')).toContainText('10 images')
  for (const name of oddNames) await expect(page.getByRole('main').getByText(name).first()).toBeVisible()
  // Long names must not push anything out of the window.
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect(overflow).toBeLessThanOrEqual(0)
  for (const step of ['Train', 'Review', 'Export']) {
    await goTo(page, step)
    await expect(page.getByRole('main', { name: step })).toBeVisible()
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
  }
  expect(app.problems).toEqual([])
})

test('a folder without class folders and one without a usable file say what to do', async ({ app, workspace }) => {
  const { page } = app
  await openEmptyProject(app, workspace)
  const flat = join(workspace.folder, 'flat')
  await mkdir(flat)
  const dialog = await chooseImport(app, flat)
  await expect(dialog).toContainText('No images were found in this folder.')
  await expect(dialog.getByRole('button', { name: /^Import / })).toBeDisabled()
  await dialog.getByRole('button', { name: 'Cancel' }).click()

  await mkdir(join(workspace.folder, 'unusable', 'scratch'), { recursive: true })
  await writeFile(join(workspace.folder, 'unusable', 'scratch', 'empty.png'), '')
  await importFolder(app, join(workspace.folder, 'unusable'))
  await expect(page.getByTestId('import-report')).toContainText('Imported 0')
  await expect(page.getByTestId('import-report').getByTitle('scratch/empty.png')).toBeVisible()
  await expect(page.getByTestId('import-report')).toContainText('Empty file')
  expect(app.problems).toEqual([])
})

test('a folder dropped on the Dataset screen is imported', async ({ app, workspace }) => {
  const { page } = app
  await openEmptyProject(app, workspace)
  // ASCII only: the protocol that stands in for the desktop reads paths in the locale of the process.
  const folder = join(workspace.folder, 'dropped folder')
  await drawClassFolders(folder, { good: 4, scratch: 2 })
  const zone = await page.getByTestId('drop-zone').boundingBox()
  if (zone === null) throw new Error('no drop zone')
  // What the desktop would send while a folder is dragged from the file manager, with its real path.
  const devtools = await page.context().newCDPSession(page)
  const point = { x: zone.x + zone.width / 2, y: zone.y + zone.height / 2 }
  const data = { items: [], files: [folder], dragOperationsMask: 1 }
  await devtools.send('Input.dispatchDragEvent', { type: 'dragEnter', ...point, data })
  await expect(page.getByText('Drop to import')).toBeVisible()
  await devtools.send('Input.dispatchDragEvent', { type: 'dragOver', ...point, data })
  await devtools.send('Input.dispatchDragEvent', { type: 'drop', ...point, data })
  await page.getByRole('dialog').getByRole('button', { name: 'Import 6 images' }).click()
  await expect(page.getByRole('banner')).toContainText('6 images')
  await expect(page.getByRole('main')).toContainText('Imbalance 1.5 : 1')
  expect(app.problems).toEqual([])
})

test('an import is cancelled half-way: what was recorded stays', async ({ app, workspace }) => {
  const { page } = app
  await openEmptyProject(app, workspace)
  const folder = join(workspace.folder, 'slow')
  await drawClassFolders(folder, { good: 210 })
  await linkCopies(await slowPicture(3000), { folder: join(folder, 'scratch'), count: 120 })
  await importFolder(app, folder)
  await expect(page.getByTestId('job-dataset.import')).toContainText(/2\d\d of 330/)
  await page.getByTestId('job-dataset.import').getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('status', { name: 'Messages' })).toContainText(/cancelled after 2\d\d of 330 files/)
  await expect(page.getByTestId('job-dataset.import')).toHaveCount(0)
  await expect(page.getByTestId('failure')).toHaveCount(0)
  await expect(page.getByRole('banner')).toContainText(/2\d\d images/)
  expect(app.problems).toEqual([])
})

test('the image reader is killed during an import: the import goes on and nothing is lost', async ({
  app,
  workspace,
}) => {
  test.skip(process.platform !== 'linux', 'finds the child through /proc')
  const { page } = app
  await openEmptyProject(app, workspace)
  const folder = join(workspace.folder, 'slow')
  await drawClassFolders(folder, { good: 30 })
  await linkCopies(await slowPicture(2500), { folder: join(folder, 'scratch'), count: 16 })
  await importFolder(app, folder)
  const killed = await waitForChild(app, 'images')
  await expect(page.getByTestId('job-dataset.import')).toContainText(/of 46/)
  process.kill(killed, 'SIGKILL')
  await expect(page.getByTestId('import-report')).toContainText('Imported 31')
  await expect(page.getByTestId('failure')).toHaveCount(0)
  expect((await findProcesses(app)).images).not.toBe(killed)
  expect(app.problems).toEqual([])
})
