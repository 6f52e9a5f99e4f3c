import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Sha256 } from '../../contract/ids.ts'
import { createProject } from '../../native-worker/project/create-project.ts'
import { importFolder } from '../../native-worker/project/dataset/import-folder.ts'
import { openProject as openOnDisk } from '../../native-worker/project/open-project.ts'
import { getClassByName } from '../../native-worker/project/storage/classes.ts'
import { imagePath } from '../../contract/image-path.ts'
import { insertSamples } from '../../native-worker/project/storage/samples.ts'
import { createImagesClient } from '../../native-worker/service/children/images-client.ts'
import { findComputeRuntime } from '../../native-worker/service/children/compute-runtime.ts'
import { scoreProject } from '../../native-worker/service/scores/score-project.ts'
import { testCheckpointSha256, testRun } from '../helpers/test-samples.ts'
import { asPng, drawTexture, drawTexturedFolders } from '../helpers/textured-classes.ts'
import { expect, test } from './app-fixture.ts'
import { expectAccessible, openProject } from './steps.ts'

test('candidates with scores: beside the nearest real image, held back with a reason, decided together', async ({
  app,
  workspace,
}) => {
  const { page } = app
  const folder = join(workspace.folder, 'look')
  createProject({ folder, size: 32, channels: 1, sqliteBinding: null })
  const project = openOnDisk(folder, { sqliteBinding: null })
  const root = join(import.meta.dirname, '../..')
  const images = createImagesClient({
    node: process.execPath,
    entry: join(root, 'native-worker/images/child.ts'),
    onLog: () => undefined,
  })
  await drawTexturedFolders(join(workspace.folder, 'src'), { scratch: 60, pit: 50 })
  await importFolder({ project, folder: join(workspace.folder, 'src'), fit: 'crop', images })
  const runId = testRun(project)
  const add = async (className: string, pictures: readonly Buffer[], first: number) => {
    const list = []
    for (const [at, png] of pictures.entries()) {
      const sha256 = createHash('sha256').update(png).digest('hex') as Sha256
      const file = join(project.imagesFolder, imagePath(sha256))
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, png)
      list.push({ seed: first + at, sha256 })
    }
    return insertSamples(project.db, {
      runId,
      checkpointStep: 10,
      checkpointSha256: testCheckpointSha256,
      classId: getClassByName(project.db, className).id,
      images: list,
    })
  }
  const many = (kind: 'pit' | 'scratch', from: number, count: number) =>
    Promise.all(Array.from({ length: count }, (_, at) => asPng(drawTexture(kind, from + at))))
  await add('pit', await many('pit', 1000, 12), 0)
  await add('pit', await many('pit', 0, 6), 200)
  await scoreProject({
    ...{
      project,
      images,
      runtime: findComputeRuntime(join(root, 'native-worker')),
      runId: null,
      engine: 'wasm',
      steps: 60,
    },
    signal: new AbortController().signal,
    report: () => undefined,
  })
  images.close()
  project.close()
  await openProject(app, folder)
  await page.keyboard.press('Control+4')

  // Beside the nearest real image, with what the scores say; a new pit keeps within the limits.
  await expect(page.getByTestId('sample-image')).toBeVisible()
  await expect(page.getByTestId('nearest-image')).toBeVisible()
  await expect(page.getByTestId('score-chips')).toContainText(/Within the limits|Class network/)
  await expectAccessible(page)
  await page.keyboard.press('d')
  await expect(page.getByRole('button', { name: 'Difference' })).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.press('d')

  // The copies are held back, the nearest first; many are decided by one confirmation, which undo takes back.
  await page.getByRole('button', { name: 'Quarantined', exact: true }).click()
  await page.getByLabel('Order').selectOption('imageDistance')
  await expect(page.getByTestId('score-chips')).toContainText(/Very close to image \d+/)
  await page.keyboard.press('g')
  await page.getByRole('gridcell').nth(0).click()
  await page
    .getByRole('gridcell')
    .nth(1)
    .click({ modifiers: ['Shift'] })
  await expect(page.getByTestId('selected')).toHaveText('2 selected')
  await expectAccessible(page)
  await page.keyboard.press('4')
  await page.getByLabel('Inspector name').fill('Ann')
  await page.keyboard.press('Enter')
  const question = page.getByRole('dialog', { name: 'Reject 2 candidates' })
  await expect(question).toContainText('Reason: Copy')
  await question.getByRole('button', { name: 'Reject 2 candidates' }).click()
  await expect(page.getByRole('gridcell', { name: /Rejected/ })).toHaveCount(2)
  await page.keyboard.press('u')
  await expect(page.getByRole('gridcell', { name: /Rejected/ })).toHaveCount(0)

  // What other limits would hold back is seen before they are used.
  await page.getByRole('button', { name: /^Gate/ }).click()
  const gate = page.getByRole('dialog', { name: 'What the gate holds back' })
  const flagged = gate.getByTestId('gate-pit').getByRole('cell').nth(1)
  await expect(flagged).not.toHaveText('0')
  await expectAccessible(page)
  for (const name of ['Very close', 'Unlike real', 'Named otherwise'])
    await gate.getByLabel(name, { exact: true }).selectOption('off')
  // What equals a real image stays a copy whatever the limits are.
  await expect(flagged).toHaveText(/^[1-6]$/)
  expect(app.problems).toEqual([])
})
