import type { Page } from '@playwright/test'
import { runFlawsmith } from '../helpers/run-flawsmith.ts'
import { addCandidates } from './add-candidates.ts'
import type { Workspace } from './app-fixture.ts'
import { expect, test } from './app-fixture.ts'
import { decide, expectAccessible, goTo, openProject, prepareProject } from './steps.ts'

async function prepareReview(workspace: Workspace, count: number): Promise<string> {
  const folder = await prepareProject(workspace, { name: 'line', classes: { good: 8, scratch: 2 } })
  await addCandidates(folder, { count })
  return folder
}

async function nameInspector(page: Page): Promise<void> {
  await page.keyboard.press('u')
  await page.getByLabel('Inspector name').fill('Ann')
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('failure')).toHaveAttribute('data-code', 'nothing_to_undo')
  await page.getByRole('alert').getByRole('button', { name: 'Dismiss' }).click()
}

test('after a click on any control, the keys of the review still decide, move and switch', async ({
  app,
  workspace,
}) => {
  const { page } = app
  await openProject(app, await prepareReview(workspace, 30))
  await expect(page.getByLabel('30 candidates to review')).toBeVisible()
  await goTo(page, 'Review')
  await nameInspector(page)
  const filters = page.getByRole('group', { name: 'Filters' })
  const position = page.getByTestId('review-position')
  const classList = filters.getByRole('combobox', { name: 'Class' })
  const runList = filters.getByRole('combobox', { name: 'Run' })

  const controls: readonly (readonly [string, () => Promise<unknown>])[] = [
    [
      'Accepted, then Pending',
      async () => {
        await filters.getByRole('button', { name: 'Accepted' }).click()
        await filters.getByRole('button', { name: 'Pending' }).click()
      },
    ],
    ['All', () => filters.getByRole('button', { name: 'All', exact: true }).click()],
    ['Single', () => filters.getByRole('button', { name: 'Single' }).click()],
    ['the class list', () => classList.selectOption({ label: 'scratch' })],
    ['the class list, closed', () => classList.focus()],
    ['the run list, closed', () => runList.focus()],
    ['a class on the left', () => page.getByTestId('counts-scratch').getByRole('button').click()],
    ['the picture', () => page.getByTestId('sample-image').click()],
  ]
  let left = 30
  for (const [name, click] of controls) {
    await test.step(name, async () => {
      await click()
      const chosen = await classList.inputValue()
      await decide(page, 'a')
      await expect(page.getByLabel(`${--left} candidates to review`)).toBeVisible()
      await decide(page, '3')
      await expect(page.getByLabel(`${--left} candidates to review`)).toBeVisible()
      await page.keyboard.press('u')
      await expect(page.getByLabel(`${++left} candidates to review`)).toBeVisible()
      const before = await page.getByTestId('sample-image').getAttribute('data-sample')
      await page.keyboard.press('ArrowRight')
      await expect(page.getByTestId('sample-image')).not.toHaveAttribute('data-sample', before ?? '')
      await page.keyboard.press('ArrowLeft')
      await expect(page.getByTestId('sample-image')).toHaveAttribute('data-sample', before ?? '')
      await page.keyboard.press('g')
      await expect(page.getByRole('grid', { name: 'Candidates' })).toBeVisible()
      await page.keyboard.press('g')
      // Neither a letter nor an arrow changed a filter.
      await page.keyboard.press('s')
      expect(await classList.inputValue()).toBe(chosen)
      await expect(position).toHaveText(/of/)
    })
  }

  await test.step('an open list keeps its keys', async () => {
    await classList.selectOption('')
    await classList.focus()
    await page.keyboard.press('Alt+ArrowDown')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect(classList).not.toHaveValue('')
    await expect(page.getByLabel(`${left} candidates to review`)).toBeVisible()
  })
  await test.step('typing into a field decides nothing', async () => {
    await page.getByRole('button', { name: 'Inspector: Ann' }).click()
    await page.getByLabel('Inspector name').fill('')
    await page.keyboard.type('Aaru 123')
    await expect(page.getByLabel('Inspector name')).toHaveValue('Aaru 123')
    await page.keyboard.press('Escape')
    await expect(page.getByLabel(`${left} candidates to review`)).toBeVisible()
  })
  expect(app.problems).toEqual([])
})

test('the end of the queue is a state of its own: seen, told, and no key decides in it', async ({ app, workspace }) => {
  const { page } = app
  await openProject(app, await prepareReview(workspace, 3))
  await expect(page.getByLabel('3 candidates to review')).toBeVisible()
  await goTo(page, 'Review')
  await nameInspector(page)
  await decide(page, 'a')
  await decide(page, 'r')
  await page.keyboard.press('a')
  const end = page.getByTestId('review-end')
  await expect(end).toContainText('All 3 reviewed')
  await expect(end).toContainText('2 accepted, 1 rejected.')
  await expect(end).toContainText('scratch needs 2 more')
  await expect(page.getByRole('main').getByRole('status')).toContainText('All 3 reviewed')
  await expect(page.getByTestId('sample-image')).toHaveCount(0)
  await expect(page.getByRole('toolbar', { name: 'Decision' }).getByRole('button', { name: 'Accept' })).toBeDisabled()
  await expectAccessible(page)

  const tally = page.getByTestId('counts-scratch')
  const keepsItsDecisions = async (): Promise<void> => {
    for (const key of ['a', 'r', '1', '6', 'A']) await page.keyboard.press(key)
    await expect(end).toBeVisible()
    await expect(tally).toContainText('2 accepted')
    await expect(tally).toContainText('1 rejected')
  }
  await keepsItsDecisions()
  await page.keyboard.press('g')
  await keepsItsDecisions()
  await goTo(page, 'Export')
  await goTo(page, 'Review')
  await keepsItsDecisions()
  await page.reload()
  await expect(end).toContainText('All 3 reviewed')
  await keepsItsDecisions()

  await end.getByRole('button', { name: 'Show rejected (1)' }).click()
  await expect(page.getByTestId('sample-image')).toHaveAttribute(
    'alt',
    /^Candidate 2 of class scratch, Rejected, 1 of 1$/,
  )
  // One that was looked up on purpose may be decided again; the next key decides nothing.
  await page.keyboard.press('a')
  await expect(tally).toContainText('3 accepted')
  await keepsNothingCurrent(page)
  await page.keyboard.press('r')
  await expect(tally).toContainText('3 accepted')
  expect(app.problems).toEqual([])
})

test('undo goes back to the start of the sitting, and asks before it reopens what is older', async ({
  app,
  workspace,
}) => {
  const { page } = app
  const folder = await prepareReview(workspace, 4)
  const earlier = await runFlawsmith(['review', folder, '--by', 'Ann', '--accept', '1', '--json'], workspace)
  expect(earlier.code).toBe(0)
  await openProject(app, folder)
  await expect(page.getByLabel('3 candidates to review')).toBeVisible()
  await goTo(page, 'Review')
  await page.keyboard.press('a')
  await page.getByLabel('Inspector name').fill('Ann')
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('2 candidates to review')).toBeVisible()
  await page.keyboard.press('u')
  await expect(page.getByLabel('3 candidates to review')).toBeVisible()

  await page.keyboard.press('u')
  const dialog = page.getByRole('dialog', { name: 'Reopen an earlier decision?' })
  await expect(dialog).toContainText('Everything decided in this sitting is undone.')
  await expect(dialog).toContainText('Candidate 1 was accepted by Ann on')
  // No key of the review reaches past the question; Escape keeps the decision.
  await page.keyboard.press('u')
  await page.keyboard.press('r')
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await expect(page.getByTestId('counts-scratch')).toContainText('1 accepted')

  await page.keyboard.press('u')
  await dialog.getByRole('button', { name: 'Reopen it' }).click()
  await expect(page.getByLabel('4 candidates to review')).toBeVisible()
  await expect(page.getByTestId('sample-image')).toHaveAttribute('data-sample', '1')
  expect(app.problems).toEqual([])
})

const keepsNothingCurrent = (page: Page): Promise<void> => expect(page.getByTestId('sample-image')).toHaveCount(0)
