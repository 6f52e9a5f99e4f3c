import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { openProject as openOnDisk } from '../../native-worker/project/open-project.ts'
import { decide } from '../../native-worker/project/review/decide.ts'
import { listSamples } from '../../native-worker/project/storage/samples.ts'
import { lockSplits } from '../../native-worker/project/storage/splits.ts'
import { runFlawsmith } from '../helpers/run-flawsmith.ts'
import { recordVerdict } from '../helpers/test-verdict.ts'
import { addCandidates } from './add-candidates.ts'
import { expect, test } from './app-fixture.ts'
import { expectAccessible, goTo, openProject, prepareProject } from './steps.ts'

/** Eight accepted candidates, and a verdict that six of them with pretraining help. */
async function recordHelp(folder: string): Promise<void> {
  await addCandidates(folder, { count: 8 })
  const project = openOnDisk(folder, { sqliteBinding: null })
  lockSplits(project.db, { run: null })
  const sampleIds = listSamples(project.db, { offset: 0, limit: 10 }).items.map(({ id }) => id)
  decide(project, { sampleIds, action: 'accept', by: 'Ann' })
  recordVerdict(
    project,
    {
      ...{ arm: 'painted+acgan', source: 'acgan', gated: true },
      ...{ dose: 0.5, mix: 'first', painted: true },
    },
    { scratch: 6 },
  )
  project.close()
}

test('what was measured to help is what an export takes unless somebody says otherwise', async ({ app, workspace }) => {
  const { page } = app
  await app.electron.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(1366, 768)
  })
  const folder = await prepareProject(workspace, { name: 'line', classes: { good: 20, scratch: 6 } })
  const free = ['marks', 'free', folder, 'good', '--by', 'Ann', '--json']
  expect((await runFlawsmith(free, { dataFolder: workspace.dataFolder })).code).toBe(0)
  await recordHelp(folder)
  await openProject(app, folder)
  await expect(page.getByRole('banner')).toContainText('line')
  await goTo(page, 'Export')

  const main = page.getByRole('main')
  await expect(page.getByRole('radio', { name: 'Recommended' })).toBeChecked()
  await expect(page.getByTestId('recommendation')).toContainText(
    'Pretraining on painted defects, then AC-GAN (gated) helps: +5.0 points of macro-F1',
  )
  await expect(page.getByTestId('followed')).toContainText(
    '6 accepted samples of AC-GAN at dose 0.5, 6 of which it was measured with. Learn from them in the first 60 %',
  )
  await expect(page.getByLabel('With the pretraining set')).toBeChecked()
  await expect(main).toContainText('44 pictures with masks and instructions')
  await expectAccessible(page)

  await page.getByLabel('New folder').fill('balanced')
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  await expect(page.getByTestId('export-done')).toBeVisible()
  const out = await main.locator('.path').filter({ hasText: 'balanced' }).first().innerText()
  expect(await readdir(join(out, 'pretraining', 'crack'))).toHaveLength(4)
  expect((await readdir(join(out, 'train', 'scratch'))).filter((name) => name.includes('synthetic'))).toHaveLength(6)
  await page.getByRole('button', { name: 'Verify', exact: true }).click()
  await expect(page.getByTestId('verify-report')).toContainText('all match')

  await page.getByRole('radio', { name: 'As the largest class' }).check({ force: true })
  await expect(page.getByTestId('followed')).toHaveCount(0)
})
