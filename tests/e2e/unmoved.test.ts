import type { Page } from '@playwright/test'
import { runFlawsmith } from '../helpers/run-flawsmith.ts'
import { expect, test } from './app-fixture.ts'
import { goTo, openProject, prepareProject } from './steps.ts'

/**
 * Brings everything into view, as focus and screen readers do, and names the boxes that this moved although no person could move them back:
 * they have no scroll bar.
 */
const movedForGood = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const isMoved = (box: Element): boolean => {
      const { overflowX, overflowY } = getComputedStyle(box)
      const isPage = box === document.documentElement
      return (
        (box.scrollTop > 0 && (isPage || overflowY === 'hidden')) ||
        (box.scrollLeft > 0 && (isPage || overflowX === 'hidden'))
      )
    }
    const moved = new Set<string>()
    for (const part of document.querySelectorAll('main *')) {
      part.scrollIntoView({ block: 'start', inline: 'nearest' })
      for (let box: Element | null = part.parentElement; box !== null; box = box.parentElement)
        if (isMoved(box)) moved.add(`${box.tagName} ${box.className}: ${box.scrollLeft}, ${box.scrollTop}`)
    }
    return [...moved]
  })

test('no focus moves what no person could move back, on any screen of a small window', async ({ app, workspace }) => {
  test.setTimeout(480_000)
  const { page } = app
  const project = await prepareProject(workspace, { name: 'line', classes: { good: 8, scratch: 4 } })
  await runFlawsmith(['train', project, '--recipe', 'acgan', '--steps', '3', '--engine', 'wasm'], workspace)
  await openProject(app, project)
  const look = (name: string): Promise<void> =>
    test.step(name, async () => {
      expect.soft(await movedForGood(page), name).toEqual([])
    })
  for (const width of [1366, 1024]) {
    await page.setViewportSize({ width, height: width === 1366 ? 768 : 640 })
    await goTo(page, 'Train')
    const another = page.getByRole('button', { name: 'New run' })
    if (await another.isVisible()) await another.click()
    await expect(page.getByRole('form', { name: 'New run' })).toBeVisible()
    await page.getByRole('radio', { name: 'AC-GAN' }).check({ force: true })
    await page.getByText('More settings').click()
    await look(`a new run, ${width}`)
    await page
      .getByRole('button', { name: /^Run 1/ })
      .first()
      .click()
    await expect(page.getByTestId('run')).toBeVisible()
    await look(`a run, ${width}`)
    for (const step of ['Start', 'Dataset', 'Review', 'Evaluate', 'Export', 'Settings'] as const) {
      await goTo(page, step)
      await look(`${step}, ${width}`)
    }
  }
  expect(app.problems).toEqual([])
})
