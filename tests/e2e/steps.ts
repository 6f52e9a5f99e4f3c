import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { drawClassFolders } from '../helpers/class-folders.ts'
import { runFlawsmith } from '../helpers/run-flawsmith.ts'
import type { RunningApp, Workspace } from './app-fixture.ts'
import { expect } from './app-fixture.ts'

/** Building networks and the first steps, on a busy machine: a ceiling for a state that is waited for. */
export const trainingTimeout = 240_000

export async function createProject(
  { page, answerFolderDialog }: RunningApp,
  { projects }: { projects: string },
): Promise<void> {
  await page.getByRole('button', { name: 'New project…' }).click()
  const dialog = page.getByRole('dialog', { name: 'New project' })
  await dialog.getByLabel('Name').fill('Line 3 “表面”')
  await answerFolderDialog(projects)
  await dialog.getByRole('button', { name: 'Change…' }).click()
  await dialog.getByLabel('Image size').selectOption('32')
  await dialog.getByRole('button', { name: 'Create project' }).click()
  await expect(page.getByRole('banner')).toContainText('Line 3')
}

export const goTo = (page: Page, step: string): Promise<void> =>
  page.getByRole('navigation').getByRole('link', { name: step }).click()

/** Up to the question what the folder is; gives its dialog. */
export async function chooseImport({ page, answerFolderDialog }: RunningApp, folder: string): Promise<Locator> {
  await goTo(page, 'Dataset')
  await answerFolderDialog(folder)
  await page
    .getByRole('button', { name: 'Choose folder…' })
    .or(page.getByRole('button', { name: 'Import…' }))
    .first()
    .click()
  return page.getByRole('dialog', { name: 'Import this folder?' })
}

/** As the folder is read by itself. */
export async function importFolder(app: RunningApp, folder: string): Promise<void> {
  const dialog = await chooseImport(app, folder)
  await dialog.getByRole('button', { name: /^Import / }).click()
}

export async function trainSteps(page: Page, steps: number): Promise<void> {
  await goTo(page, 'Train')
  await page.getByRole('radio', { name: 'AC-GAN' }).check({ force: true })
  await page.getByText('More settings').click()
  await page.getByRole('radio', { name: 'Steps', exact: true }).click()
  await page.getByLabel('Steps of training').fill(String(steps))
  await page.getByRole('button', { name: 'Start training' }).click()
}

export async function generate(page: Page, { count, className }: { count: number; className: RegExp }): Promise<void> {
  await goTo(page, 'Review')
  await page.getByRole('button', { name: 'Generate candidates…' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'Generate candidates' })
  const option = await dialog.getByLabel('Class').getByRole('option', { name: className }).getAttribute('value')
  await dialog.getByLabel('Class').selectOption(option)
  await dialog.getByLabel('How many').fill(String(count))
  await dialog.getByRole('button', { name: 'Generate', exact: true }).click()
  if (count > 2000) await dialog.getByRole('button', { name: /^Generate [\d,]+$/ }).click()
}

export async function openProject({ page, answerFolderDialog }: RunningApp, folder: string): Promise<void> {
  await goTo(page, 'Start')
  await answerFolderDialog(folder)
  await page.getByRole('button', { name: 'Open…' }).click()
}

export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page: page }).setLegacyMode(true).analyze()
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => String(target)).join(' ')}`)).toEqual([])
}

/** A 32 px project as the command line makes it, closed again; with `steps`, it has a trained acgan run. */
export async function prepareProject(
  workspace: Workspace,
  { name, classes, steps }: { name: string; classes: Readonly<Record<string, number>>; steps?: number },
): Promise<string> {
  const project = join(workspace.projectsFolder, name)
  const images = join(workspace.folder, `images of ${name}`)
  const flawsmith = async (...args: readonly string[]): Promise<void> => {
    const { code, stderr } = await runFlawsmith([...args, '--json'], { dataFolder: workspace.dataFolder })
    if (code !== 0) throw new Error(`flawsmith ${args.join(' ')}: ${stderr}`)
  }
  await flawsmith('init', project, '--size', '32')
  if (Object.keys(classes).length > 0) {
    await drawClassFolders(images, classes)
    await flawsmith('import', project, images)
  }
  if (steps !== undefined)
    await flawsmith('train', project, '--recipe', 'acgan', '--steps', String(steps), '--engine', 'wasm', '--seed', '1')
  return project
}

interface AppProcesses {
  readonly main: number
  readonly service: number
  readonly images: number | undefined
  readonly trainer: number | undefined
}

/** The processes of a running app by their part (Linux only: read from /proc). */
export async function findProcesses({ electron }: RunningApp): Promise<AppProcesses> {
  const main = electron.process().pid ?? 0
  const service = await electron.evaluate(
    ({ app: { getAppMetrics } }) => getAppMetrics().find(({ name }) => name === 'Flawsmith service')?.pid ?? 0,
  )
  const children = await readFile(`/proc/${service}/task/${service}/children`, 'utf8').then(
    (text) => text.trim().split(' ').filter(Boolean).map(Number),
    () => [],
  )
  const lines = await Promise.all(
    children.map(async (pid) => ({ pid, line: await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '') })),
  )
  const childOf = (entry: string): number | undefined => lines.find(({ line }) => line.includes(entry))?.pid
  return { main, service, images: childOf('images.js'), trainer: childOf('trainer.js') }
}

/** Waits until a compute child of the app runs, and gives its process id. */
export async function waitForChild(app: RunningApp, part: 'images' | 'trainer'): Promise<number> {
  let pid: number | undefined
  await expect
    .poll(async () => (pid = (await findProcesses(app))[part]), { timeout: trainingTimeout, intervals: [20] })
    .toBeDefined()
  return pid ?? 0
}

/** False also for a process that has ended but was not waited for. */
export async function isAlive(pid: number): Promise<boolean> {
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
  return status !== null && !/\) [ZX] /.test(status)
}

/** One key, one decision: the next key counts once the next image shows. */
export async function decide(page: Page, key: string): Promise<void> {
  const image = page.getByTestId('sample-image')
  const before = await image.getAttribute('data-sample')
  await page.keyboard.press(key)
  await expect(image).not.toHaveAttribute('data-sample', before ?? '')
}

/** From now on nothing is opened in other programs. @returns what asks for the file that would have been, the last one */
export async function rememberOpened({ electron }: RunningApp): Promise<() => Promise<string | undefined>> {
  await electron.evaluate(({ shell }) => {
    shell.openPath = (path) => {
      ;(globalThis as { opened?: string }).opened = path
      return Promise.resolve('')
    }
  })
  return () => electron.evaluate(() => (globalThis as { opened?: string }).opened)
}
