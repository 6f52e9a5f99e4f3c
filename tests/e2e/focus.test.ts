import type { Page } from '@playwright/test'
import { expect, test } from './app-fixture.ts'
import {
  createProject,
  expectAccessible,
  generate,
  goTo,
  openProject,
  prepareProject,
  trainingTimeout,
} from './steps.ts'

/** What has the focus, as its role would be read. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => `${document.activeElement?.tagName ?? ''} ${document.activeElement?.textContent.trim() ?? ''}`)

const screens = ['Start', 'Dataset', 'Train', 'Review', 'Evaluate', 'Export', 'Settings'] as const

test('the focus follows: to the heading of the screen a shortcut leads to, and never to nowhere after a dialog', async ({
  app,
  workspace,
}) => {
  const { page } = app
  await test.step('after Create', async () => {
    await createProject(app, { projects: workspace.projectsFolder })
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect.poll(() => focused(page)).toBe('H2 Dataset')
  })
  await openProject(app, await prepareProject(workspace, { name: 'line', classes: { good: 8, scratch: 4 }, steps: 2 }))
  await expect(page.getByRole('banner')).toContainText('line')
  await test.step('after Ctrl and a digit', async () => {
    for (const [index, name] of screens.entries()) {
      await page.keyboard.press(`Control+${index + 1}`)
      await expect.poll(() => focused(page)).toBe(`H2 ${name === 'Start' ? 'Balance your defect classes' : name}`)
    }
  })
  await test.step('after Escape, back to the button', async () => {
    await goTo(page, 'Review')
    await page.getByRole('button', { name: 'Generate candidates…' }).click()
    await page.keyboard.press('Escape')
    await expect.poll(() => focused(page)).toBe('BUTTON Generate candidates…')
  })
  await test.step('after Generate, to the heading', async () => {
    await generate(page, { count: 3, className: /scratch/ })
    await expect.poll(() => focused(page)).toBe('H2 Review')
    await expect(page.getByLabel('3 candidates to review')).toBeVisible({ timeout: trainingTimeout })
    await expect.poll(() => focused(page)).toBe('H2 Review')
  })
  expect(app.problems).toEqual([])
})

test('“Generate and review” asks how many, says what very many cost, and leads to the first of them', async ({
  app,
  workspace,
}) => {
  const { page } = app
  await openProject(app, await prepareProject(workspace, { name: 'line', classes: { good: 8, scratch: 4 }, steps: 2 }))
  await expect(page.getByRole('banner')).toContainText('line')
  await goTo(page, 'Review')
  await expect(page.getByRole('button', { name: 'Generate candidates…' })).toHaveCount(1)
  await goTo(page, 'Train')
  await page
    .getByRole('main')
    .getByRole('button', { name: /^Run 1/ })
    .click()
  await page.getByRole('button', { name: 'Generate and review' }).click()
  const dialog = page.getByRole('dialog', { name: 'Generate candidates' })
  await expect(dialog).toBeVisible()

  await test.step('a number that cannot be says why', async () => {
    await dialog.getByLabel('How many').fill('0')
    await expect(dialog).toContainText('A whole number from 1 to 100,000.')
    await expect(dialog.getByRole('button', { name: 'Generate', exact: true })).toBeDisabled()
  })
  await test.step('very many are asked about first', async () => {
    await dialog.getByLabel('How many').fill('100000')
    await dialog.getByRole('button', { name: 'Generate', exact: true }).click()
    await expect(dialog.getByRole('status')).toContainText(/100,000 candidates are a lot\..* MB of disk.* 27 h 47 min/)
    await expect(dialog.getByRole('button', { name: 'Generate 100,000' })).toBeVisible()
    await expectAccessible(page)
    await dialog.getByLabel('How many').fill('2')
    await dialog.getByRole('button', { name: 'Generate', exact: true }).click()
  })
  await expect(page.getByLabel('2 candidates to review')).toBeVisible({ timeout: trainingTimeout })

  await expect(page.getByRole('main', { name: 'Review' })).toBeVisible()
  await expect(page.getByTestId('sample-image')).toBeVisible()
  expect(app.problems).toEqual([])
})

test('the interface is drawn larger, remembers it, and keeps everything within the window', async ({
  app,
  workspace,
}) => {
  const { page } = app
  await openProject(app, await prepareProject(workspace, { name: 'line', classes: { good: 8, scratch: 4 } }))
  await expect(page.getByRole('banner')).toContainText('line')
  const width = (): Promise<number> => page.evaluate(() => window.innerWidth)
  const normal = await width()
  for (const _ of ['1.1', '1.25', '1.5']) await page.keyboard.press('Control++')
  await expect.poll(width).toBeLessThan(normal / 1.45)
  for (const [index, name] of screens.entries()) {
    await page.keyboard.press(`Control+${index + 1}`)
    await expect(page.getByRole('main', { name })).toBeVisible()
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
  }
  await expect(page.getByRole('radio', { name: '150%' })).toBeChecked()
  await page.reload()
  await expect(page.getByRole('main', { name: 'Settings' })).toBeVisible()
  await expect.poll(width).toBeLessThan(normal / 1.45)
  await page.keyboard.press('Control+-')
  await expect(page.getByRole('radio', { name: '125%' })).toBeChecked()
  await page.keyboard.press('Control+0')
  await expect.poll(width).toBe(normal)
  expect(app.problems).toEqual([])
})
