import { join } from 'node:path'
import { expect, test } from './app-fixture.ts'
import { prepareScoredProject } from './scored-project.ts'
import { expectAccessible, openProject } from './steps.ts'

test('candidates with scores: beside the nearest real image, held back with a reason, decided together', async ({
  app,
  workspace,
}) => {
  const { page } = app
  const folder = join(workspace.folder, 'look')
  await prepareScoredProject(folder, { source: join(workspace.folder, 'src') })
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
