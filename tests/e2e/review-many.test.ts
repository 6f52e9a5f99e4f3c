import type { Page } from '@playwright/test'
import { addCandidates } from './add-candidates.ts'
import { expect, test } from './app-fixture.ts'
import { openProject, prepareProject } from './steps.ts'

const candidates = 1500
const decisions = 40

/** Milliseconds in the page from pressing a key to the next candidate's picture being decoded and painted. */
const timeDecision = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const shown = (): HTMLImageElement | null => document.querySelector('[data-testid="sample-image"]')
    const before = shown()?.dataset['sample']
    const start = performance.now()
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'a', bubbles: true, cancelable: true }))
    for (;;) {
      await new Promise((resolve) => requestAnimationFrame(resolve))
      const image = shown()
      if (image === null || image.dataset['sample'] === before) continue
      await image.decode()
      await new Promise((resolve) => requestAnimationFrame(resolve))
      return performance.now() - start
    }
  })

test(`${candidates} candidates: every decision brings the next picture, and the grid scrolls to the last`, async ({
  app,
  workspace,
}) => {
  const { page } = app
  const folder = await prepareProject(workspace, { name: 'many', classes: { good: 4, scratch: 2 } })
  await addCandidates(folder, { count: candidates })
  await openProject(app, folder)
  await expect(page.getByRole('banner')).toContainText('many')
  await page.keyboard.press('Control+4')
  await expect(page.getByLabel(`1,500 candidates to review`)).toBeVisible()
  await page.keyboard.press('a')
  await expect(page.getByRole('dialog', { name: 'Who is reviewing?' })).toBeVisible()
  await page.getByLabel('Inspector name').fill('Ann')
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('1,499 candidates to review')).toBeVisible()

  const times: number[] = []
  for (let decided = 0; decided < decisions; decided += 1) times.push(await timeDecision(page))
  await expect(page.getByLabel('1,459 candidates to review')).toBeVisible()
  times.sort((a, b) => a - b)
  const at = (share: number): string => (times[Math.floor((times.length - 1) * share)] ?? NaN).toFixed(0)
  process.stdout.write(
    `key to next picture, ${candidates} candidates: median ${at(0.5)} ms, 95 % ${at(0.95)} ms, worst ${at(1)} ms\n`,
  )

  await page.keyboard.press('g')
  await page.keyboard.press('End')
  const last = page.getByRole('gridcell', { name: /^Candidate 1500 of class scratch, Pending,/ })
  await expect(last.locator('img')).toBeVisible()
  // Only what is on screen is in the page.
  expect(await page.getByRole('gridcell').count()).toBeLessThan(400)
  await page.keyboard.press('Home')
  await expect(page.getByRole('gridcell', { name: /^Candidate 1 of class scratch,/ })).toBeVisible()
  expect(app.problems).toEqual([])
})
