import type { Page } from '@playwright/test'
import { expect, launchApp, test } from './app-fixture.ts'
import { expectAccessible, trainingTimeout } from './steps.ts'

const progress = (page: Page) => page.getByTestId('marks-progress')
const state = (page: Page) => page.getByTestId('mark-state')

async function openMarks(page: Page): Promise<void> {
  await page.keyboard.press('Control+2')
  await page.getByRole('tab', { name: 'Marks' }).click()
  await expect(page.getByTestId('mark-stage')).toBeVisible()
}

/** One press, one image: the next counts once another image shows. */
async function answer(page: Page, key: string): Promise<void> {
  const stage = page.getByTestId('mark-stage')
  const before = (await stage.getAttribute('data-image')) ?? ''
  await page.keyboard.press(key)
  await expect(stage).not.toHaveAttribute('data-image', before)
}

test('forty images are marked with keys, undone, changed by keys and mouse, and still there after a restart', async ({
  app,
  workspace,
}) => {
  const { page } = app
  await page.getByRole('button', { name: 'Create sample' }).click()
  await expect(page.getByRole('banner')).toContainText('368 images', { timeout: trainingTimeout })
  await openMarks(page)
  await page.getByRole('button', { name: '“good” is free of defects' }).click()
  await page.getByLabel('Inspector name').fill('Ann')
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Class without defects').locator('option:checked')).toHaveText('good')
  await expect(progress(page)).toHaveText(/^0 of \d+ answered$/)
  await expect(state(page)).toContainText('proposed')
  await expectAccessible(page)

  await test.step('accept, and say that none is visible', async () => {
    const started = Date.now()
    for (let index = 0; index < 38; index++) {
      await expect(state(page)).toContainText('proposed')
      await answer(page, index % 2 === 0 ? 'Enter' : 'a')
    }
    await answer(page, 's')
    await answer(page, 'a')
    console.log(JSON.stringify({ bench: 'forty-marks-by-keys', seconds: (Date.now() - started) / 1000 }))
    await expect(progress(page)).toHaveText(/^40 of/)
  })

  await test.step('a key answers in the frame after it', async () => {
    const milliseconds = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          const stage = document.querySelector('[data-testid="mark-stage"]')
          const before = performance.now()
          new MutationObserver(() => {
            resolve(performance.now() - before)
          }).observe(stage ?? document.body, { attributes: true })
          stage?.dispatchEvent(new KeyboardEvent('keydown', { key: 'p', bubbles: true }))
        }),
    )
    console.log(JSON.stringify({ bench: 'mark-key', milliseconds }))
    await expect(state(page)).not.toContainText('proposed')
    await answer(page, 'n')
  })

  await test.step('undo goes back to the image', async () => {
    await answer(page, 'u')
    await expect(progress(page)).toHaveText(/^39 of/)
    await expect(state(page)).toContainText('proposed')
    await page.keyboard.press('Control+z')
    await expect(progress(page)).toHaveText(/^38 of/)
  })

  await test.step('with keys a place is marked beside the proposal, and a proposal that is wrong is taken away', async () => {
    const proposed = await page.locator('rect.proposal').count()
    await page.keyboard.press('d')
    await expect(state(page)).toHaveText(`${proposed + 1} marks`)
    const added = page.locator('rect.shape.selected')
    const width = Number(await added.getAttribute('width'))
    await page.keyboard.press('Control+Shift+ArrowRight')
    await expect(added).toHaveAttribute('width', String(width + 10))
    await page.keyboard.press('u')
    await page.keyboard.press('u')
    await expect(state(page)).toContainText('proposed')
    await page.keyboard.press('m')
    await expect(page.locator('rect.chosen')).toHaveCount(1)
    await page.keyboard.press('Delete')
    await expect(page.locator('rect.proposal')).toHaveCount(0)
    await page.keyboard.press('n')
    await expect(state(page)).toContainText('proposed')
  })

  await test.step('a rectangle is drawn, moved and made larger, and taken away', async () => {
    const box = await page.getByTestId('mark-stage').boundingBox()
    if (box === null) throw new Error('no stage')
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
    await page.mouse.move(x - 40, y - 30)
    await page.mouse.down()
    await page.mouse.move(x + 20, y + 30, { steps: 4 })
    await page.mouse.up()
    await expect(state(page)).toHaveText('1 mark')
    const shape = page.locator('rect.shape.selected')
    const before = Number(await shape.getAttribute('x'))
    const width = Number(await shape.getAttribute('width'))
    await page.keyboard.press('ArrowRight')
    await expect(shape).toHaveAttribute('x', String(before + 1))
    await page.keyboard.press('Control+ArrowRight')
    await expect(shape).toHaveAttribute('width', String(width + 1))
    await page.keyboard.press('b')
    await page.mouse.move(box.x + box.width / 2 + 120, y + 60)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width / 2 + 160, y + 80, { steps: 4 })
    await page.mouse.up()
    await expect(state(page)).toHaveText('2 marks')
    await expect(page.locator('path.mask.selected')).toHaveCount(1)
    await page.keyboard.press('Delete')
    await expect(state(page)).toHaveText('1 mark')
    await expect(progress(page)).toHaveText(/^39 of/)
  })

  await test.step('a class whose images are marked is not declared free of defects by a slip', async () => {
    const chooser = page.getByLabel('Class without defects')
    await chooser.selectOption('scratch')
    const question = page.getByRole('dialog', { name: 'Is “scratch” free of defects?' })
    await expect(question).toContainText(/\d+ of the \d+ images of “scratch” carr/)
    await expectAccessible(page)
    await question.getByRole('button', { name: 'Cancel' }).click()
    await expect(chooser.locator('option:checked')).toHaveText('good')
    await chooser.selectOption('scratch')
    await question.getByRole('button', { name: 'Free of defects all the same' }).click()
    await expect(chooser.locator('option:checked')).toHaveText('scratch')
    await chooser.selectOption('good')
    await expect(chooser.locator('option:checked')).toHaveText('good')
    await expect(progress(page)).toHaveText(/^39 of/)
  })

  expect(app.problems).toEqual([])
  await app.close()
  const again = await launchApp(workspace)
  try {
    await expect(again.page.getByRole('banner')).toContainText('368 images')
    await openMarks(again.page)
    await expect(progress(again.page)).toHaveText(/^39 of/)
    await expect(state(again.page)).toContainText('proposed')
  } finally {
    await again.close()
  }
})
