import type { Page } from '@playwright/test'
import type { RunningApp } from './app-fixture.ts'
import { expect, test } from './app-fixture.ts'
import { expectAccessible, generate, goTo, openProject, prepareProject, trainingTimeout } from './steps.ts'

const screens = [
  { key: '1', en: 'Start', zh: '首页' },
  { key: '2', en: 'Dataset', zh: '数据集' },
  { key: '3', en: 'Train', zh: '训练' },
  { key: '4', en: 'Review', zh: '审核' },
  { key: '5', en: 'Evaluate', zh: '评估' },
  { key: '6', en: 'Export', zh: '导出' },
  { key: '7', en: 'Settings', zh: '设置' },
] as const

/** What the page shows, as a screen reader names it, on every screen; nothing serious for axe on any. */
async function visitEveryScreen({ page }: RunningApp, language: 'en' | 'zh'): Promise<void> {
  for (const screen of screens) {
    await page.keyboard.press(`Control+${screen.key}`)
    await expect(page.getByRole('main', { name: screen[language] })).toBeVisible()
    await test.step(`${screen.en} in ${language}`, () => expectAccessible(page))
  }
}

async function choose(page: Page, option: string): Promise<void> {
  await page.keyboard.press('Control+7')
  await page.getByRole('radio', { name: option, exact: true }).click()
}

const brightness = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const canvas = document.createElement('canvas').getContext('2d')
    if (canvas === null) throw new Error('no canvas')
    canvas.fillStyle = getComputedStyle(document.body).backgroundColor
    canvas.fillRect(0, 0, 1, 1)
    return canvas.getImageData(0, 0, 1, 1).data[0] ?? 0
  })

test('language and theme switch at run time and are remembered; every screen stays accessible', async ({ app }) => {
  const { page } = app
  await page.getByRole('button', { name: 'Create sample' }).click()
  await expect(page.getByRole('banner')).toContainText('368 images', { timeout: trainingTimeout })

  await choose(page, 'Dark')
  await expect.poll(() => brightness(page)).toBeLessThan(80)
  await visitEveryScreen(app, 'en')

  await choose(page, '简体中文')
  await expect(page.getByRole('main', { name: '设置' })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans')
  await visitEveryScreen(app, 'zh')
  // No text of the interface was left in English, beside names and units.
  await page.keyboard.press('Control+2')
  await expect(page.getByRole('main')).not.toContainText(/Import|Classes|Images|folder/)

  await page.reload()
  await expect(page.getByRole('main', { name: '数据集' })).toBeVisible()
  await expect(page.getByRole('banner')).toContainText('368')
  expect(await brightness(page)).toBeLessThan(80)

  await choose(page, '浅色')
  await expect.poll(() => brightness(page)).toBeGreaterThan(200)
  await choose(page, 'English')
  await expect(page.getByRole('main', { name: 'Settings' })).toBeVisible()
  expect(app.problems).toEqual([])
})

test('a trained project with candidates is accessible in the dark and in Chinese, on every screen', async ({
  app,
  workspace,
}) => {
  const { page } = app
  await openProject(app, await prepareProject(workspace, { name: 'line', classes: { good: 8, scratch: 4 }, steps: 2 }))
  await expect(page.getByRole('banner')).toContainText('line')
  await generate(page, { count: 6, className: /scratch/ })
  await expect(page.getByLabel('6 candidates to review')).toBeVisible({ timeout: trainingTimeout })
  await page.keyboard.press('Control+3')
  await page.getByRole('main').getByText('Run 1').first().click()
  await expect(page.getByTestId('run')).toHaveAttribute('data-status', 'finished')
  await choose(page, 'Dark')
  await choose(page, '简体中文')
  await visitEveryScreen(app, 'zh')
  await page.keyboard.press('Control+4')
  await page.keyboard.press('g')
  await expect(page.getByRole('gridcell').first()).toBeVisible()
  await expectAccessible(page)
  expect(app.problems).toEqual([])
})

test('every step and the review are reached and worked without a mouse', async ({ app, workspace }) => {
  const { page } = app
  const folder = await prepareProject(workspace, { name: 'line', classes: { good: 8, scratch: 4 }, steps: 2 })
  await app.answerFolderDialog(folder)
  await tabTo(page, 'Open…')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('banner')).toContainText('line')
  for (const { key, en } of screens) {
    await page.keyboard.press(`Control+${key}`)
    await expect(page.getByRole('main', { name: en })).toBeVisible()
  }

  await page.keyboard.press('Control+4')
  await tabTo(page, 'Generate candidates…')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Generate candidates' })
  await expect(dialog).toBeVisible()
  await tabTo(page, 'How many')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('4')
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('4 candidates to review')).toBeVisible({ timeout: trainingTimeout })

  await page.keyboard.press('a')
  await expect(page.getByRole('dialog', { name: 'Who is reviewing?' })).toBeVisible()
  await tabTo(page, 'Inspector name')
  await page.keyboard.type('Ann')
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('3 candidates to review')).toBeVisible()
  await page.keyboard.press('r')
  await expect(page.getByLabel('2 candidates to review')).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(page.getByLabel('3 candidates to review')).toBeVisible()

  await page.keyboard.press('?')
  const shortcuts = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await expect(shortcuts).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(shortcuts).toHaveCount(0)
  await goTo(page, 'Review')
  expect(app.problems).toEqual([])
})

/** Presses Tab until the control with this name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  const focused = (): Promise<string> =>
    page.evaluate(() => {
      const element = document.activeElement
      if (!(element instanceof HTMLElement)) return ''
      const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : []
      return element.getAttribute('aria-label') ?? labels[0]?.textContent.trim() ?? element.textContent.trim()
    })
  for (let presses = 0; presses < 60; presses += 1) {
    if ((await focused()) === name) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`“${name}” is not reached with Tab`)
}
