import { join } from 'node:path'
import { runFlawsmith } from '../helpers/run-flawsmith.ts'
import { drawTexturedFolders } from '../helpers/textured-classes.ts'
import type { Workspace } from './app-fixture.ts'
import { expect, test } from './app-fixture.ts'
import { expectAccessible, findProcesses, goTo, openProject, trainingTimeout } from './steps.ts'

/** A small project whose good class is declared free of defects, so that painted defects are a way to measure. */
async function prepareMeasurable({ folder, dataFolder, projectsFolder }: Workspace): Promise<string> {
  const project = join(projectsFolder, 'measured')
  const images = join(folder, 'images')
  await drawTexturedFolders(images, { good: 30, scratch: 20, pit: 15 })
  for (const args of [
    ['init', project, '--size', '16'],
    ['import', project, images],
    ['marks', 'free', project, 'good', '--by', 'Ann'],
  ]) {
    const { code, stderr } = await runFlawsmith([...args, '--json'], { dataFolder })
    if (code !== 0) throw new Error(`flawsmith ${args.join(' ')}: ${stderr}`)
  }
  return project
}

test('nothing is said before it was measured; a measurement that is killed goes on, and ends with one sentence', async ({
  app,
  workspace,
}) => {
  test.skip(process.platform !== 'linux', 'finds the processes through /proc')
  const { page } = app
  await openProject(app, await prepareMeasurable(workspace))
  await expect(page.getByRole('banner')).toContainText('measured')
  await goTo(page, 'Evaluate')
  const main = page.getByRole('main')
  const quick = page.getByRole('button', { name: 'Measure quickly (up to 5 minutes)' })
  await expect(main).toContainText('Not measured yet')
  await expect(main).toContainText('Quick takes up to 5 minutes, full up to 45. Nothing is recommended before that.')
  await expect(page.getByRole('button', { name: 'Measure in full (up to 45 minutes)' })).toBeEnabled()
  await expect(page.getByTestId('verdict')).toHaveCount(0)
  await expectAccessible(page)

  await quick.click()
  const job = page.getByTestId('job-uplift.measure')
  // The total is known once the updates are chosen, which takes at least two trainings.
  await expect(job).toContainText(/[\d,]+ of [\d,]+/, { timeout: trainingTimeout })
  await expect(quick).toBeDisabled()
  await expect(job.getByRole('progressbar')).toHaveAttribute('aria-valuenow', /\d/)
  process.kill((await findProcesses(app)).service, 'SIGKILL')
  await expect(main).toContainText(/A measurement was cut off after [1-9]\d* trainings/, { timeout: trainingTimeout })
  await expect(page.getByTestId('verdict')).toHaveCount(0)

  await quick.click()
  const verdict = page.getByTestId('verdict')
  await expect(verdict).toContainText(/points of macro-F1, 95 % interval \[[+−±]\d/, { timeout: trainingTimeout })
  await expect(verdict).toContainText(/\d+ test images. In the smallest class, pit \(\d\), one image is \d/)
  await expect(verdict).toContainText('Recommended:')
  await expect(job).toHaveCount(0)
  await expect(main).not.toContainText('A measurement was cut off')
  await expect(main).toContainText('5 paired seeds')
  const classes = page.getByRole('table').filter({ has: page.getByRole('columnheader', { name: 'Finding' }) })
  for (const name of ['good', 'scratch', 'pit']) {
    const row = classes.getByRole('row').filter({ has: page.getByRole('rowheader', { name, exact: true }) })
    await expect(row.getByRole('cell')).toHaveText([
      /^\d+$/,
      /^\d+$/,
      /^[\d.]+$/,
      /^[+−±][\d.]+ \[[+−±][\d.]+, [+−±][\d.]+\]$/,
      /^(helps|hurts|no evidence)$/,
    ])
  }
  await expectAccessible(page)
  const sentence = await verdict.locator('.sentence').innerText()

  await page.reload()
  await expect(verdict.locator('.sentence')).toHaveText(sentence)
})
