import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { caseFolder } from '../helpers/case-folder.ts'
import { drawClassFolders } from '../helpers/class-folders.ts'
import { killImport } from '../helpers/kill-import.ts'
import { drawPartFolders } from '../helpers/part-folders.ts'
import { runFlawsmith } from '../helpers/run-flawsmith.ts'
import { expect, test } from './app-fixture.ts'
import { expectAccessible, goTo, importFolder, openProject } from './steps.ts'

test('an import says which depth it took, what it cut off, which pages it left and which kinds it cannot read', async ({
  app,
  workspace,
}) => {
  const project = join(workspace.projectsFolder, 'cameras')
  const folder = join(workspace.folder, 'images')
  for (const name of ['depth12-mixed-tif', 'multipage-tiff']) cpSync(caseFolder(name), folder, { recursive: true })
  cpSync(join(caseFolder('uint32-tiff'), 'map', 'i16_signed.tif'), join(folder, 'steel', 'signed.tif'))
  const flawsmith = async (...args: readonly string[]): Promise<void> => {
    const { code, stderr } = await runFlawsmith(args, { dataFolder: workspace.dataFolder })
    if (code !== 0) throw new Error(`flawsmith ${args.join(' ')}: ${stderr}`)
  }
  await flawsmith('init', project, '--size', '64')
  await flawsmith('import', project, caseFolder('depth14'))
  await flawsmith('import', project, folder, '--depth', '10')

  const { page } = app
  await openProject(app, project)
  await goTo(page, 'Dataset')
  await page.getByRole('button', { name: 'Import report' }).click()
  const report = page.getByTestId('import-report')
  await expect(report.getByTestId('depth-note')).toContainText(
    '5 files deeper than 8 bits were read as 10 bits, as chosen: 0–1,023 became 0–255.',
  )
  await expect(report.getByTestId('depth-note')).toContainText('2 images have brighter values, which are white now.')
  await expect(report.getByTestId('depth-note')).toContainText('Images of earlier imports were read as 14 bits')
  await expect(report.getByTestId('pages-note')).toContainText('3 files hold several pages')
  await expect(report).toContainText('Signed 16-bit pixels: convert to unsigned first')
  const show = report.getByRole('button', { name: 'Show pages' })
  await show.focus()
  await page.keyboard.press('Enter')
  await expect(report).toContainText('2 pages, page 2 taken: 1 not imported')
  await expectAccessible(page)
})

test('an import says which images went to a class of another name, and that parts lie in several splits', async ({
  app,
  workspace,
}) => {
  const project = join(workspace.projectsFolder, 'parts')
  const given = join(workspace.folder, 'given')
  const flawsmith = async (...args: readonly string[]): Promise<void> => {
    const { code, stderr } = await runFlawsmith(args, { dataFolder: workspace.dataFolder })
    if (code !== 0) throw new Error(`flawsmith ${args.join(' ')}: ${stderr}`)
  }
  await flawsmith('init', project, '--size', '64', '--channels', '1')
  for (const [split, parts, views] of [
    ['train', 9, 2],
    ['test', 3, 1],
  ] as const)
    await drawPartFolders(join(given, split), { grain: { kind: 'grain', parts, views } })
  await drawClassFolders(join(workspace.folder, 'first'), { grain: 2 })
  await flawsmith('import', project, join(workspace.folder, 'first'))
  await flawsmith('classes', 'rename', project, 'grain', 'stain', '--by', 'Ann')
  await flawsmith('import', project, given)

  const { page } = app
  await openProject(app, project)
  await goTo(page, 'Dataset')
  await page.getByRole('button', { name: 'Import report' }).click()
  const report = page.getByTestId('import-report')
  await expect(report).toContainText('20 images of “grain” went to “stain”: the class was renamed or merged.')
  await expect(report.getByTestId('crossing-note')).toContainText(
    '3 groups (8 images of the same parts) lie in several splits',
  )
  await expectAccessible(page)
  await report.getByRole('button', { name: 'Show the groups' }).click()
  await expect(page.getByRole('tab', { name: 'Groups' })).toHaveAttribute('aria-selected', 'true')
})

test('an import that was killed is told as cut off until its folder is imported whole; what a person excluded stays so', async ({
  app,
  workspace,
}) => {
  const project = join(workspace.projectsFolder, 'cut off')
  const images = join(workspace.folder, 'images')
  const { dataFolder } = workspace
  const flawsmith = async (...args: readonly string[]): Promise<void> => {
    const { code, stderr } = await runFlawsmith(args, { dataFolder })
    if (code !== 0) throw new Error(`flawsmith ${args.join(' ')}: ${stderr}`)
  }
  await drawClassFolders(images, { pit: 40, scratch: 560 })
  await flawsmith('init', project, '--size', '16', '--channels', '1')
  await killImport(images, { project, dataFolder })
  await flawsmith('images', 'exclude', project, '1', '--by', 'Ann')

  const { page } = app
  await openProject(app, project)
  await goTo(page, 'Dataset')
  const cutOff = page.getByTestId('cut-off-import')
  await expect(cutOff).toContainText(/was cut off after \d+ of 600 files\. Importing the folder again completes it\./)
  await expectAccessible(page)
  await importFolder(app, images)
  await expect(page.getByTestId('import-report')).toContainText('1 image stays excluded, as a person decided.')
  await expect(cutOff).toHaveCount(0)
})
