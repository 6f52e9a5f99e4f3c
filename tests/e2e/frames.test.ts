import { join } from 'node:path'
import { mkdir } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import sharp from 'sharp'
import { runFlawsmith } from '../helpers/run-flawsmith.ts'
import { expect, test } from './app-fixture.ts'
import { expectAccessible, openProject, prepareProject } from './steps.ts'

/** A sheet of 8,000 × 6,000 pixels with two dark pits. */
async function drawSheet(file: string): Promise<void> {
  const pit = (side: number) => ({ create: { width: side, height: side, channels: 3 as const, background: '#222' } })
  await sharp({ create: { width: 8000, height: 6000, channels: 3, background: '#999' } })
    .composite([
      { input: await sharp(pit(300)).png().toBuffer(), left: 2000, top: 1500 },
      { input: await sharp(pit(200)).png().toBuffer(), left: 6000, top: 4200 },
    ])
    .toColourspace('b-w')
    .png({ compressionLevel: 1 })
    .toFile(file)
}

/** Drags from one place of the frame to another while the whole frame is shown. */
async function dragOnFrame(
  page: Page,
  { from, to }: { readonly from: readonly [number, number]; readonly to: readonly [number, number] },
): Promise<void> {
  const area = await page.getByTestId('frame-canvas').boundingBox()
  if (area === null) throw new Error('the frame is not shown')
  const scale = Math.min(area.width / 8000, area.height / 6000)
  const place = ([x, y]: readonly [number, number]): [number, number] => [
    area.x + area.width / 2 + (x - 4000) * scale,
    area.y + area.height / 2 + (y - 3000) * scale,
  ]
  await page.mouse.move(...place(from))
  await page.mouse.down()
  await page.mouse.move(...place([(from[0] + to[0]) / 2, (from[1] + to[1]) / 2]))
  await page.mouse.move(...place(to))
  await page.mouse.up()
}

test('two boxes on a large frame become patches of the dataset', async ({ app, workspace }) => {
  test.setTimeout(600_000)
  const { page } = app
  const sheets = join(workspace.folder, 'sheets')
  await mkdir(sheets, { recursive: true })
  await drawSheet(join(sheets, 'sheet-1.png'))
  const project = await prepareProject(workspace, { name: 'sheets', classes: {} })
  await openProject(app, project)
  await expect(page.getByRole('banner')).toContainText('sheets')

  await page.getByRole('button', { name: 'Cut patches from large frames…' }).click()
  await app.answerFolderDialog(sheets)
  await page.getByRole('button', { name: 'Add folder…' }).click()
  const canvas = page.getByTestId('frame-canvas')
  await expect(canvas).toBeVisible({ timeout: 120_000 })
  await expect(canvas).not.toHaveAttribute('data-tiles', '0', { timeout: 60_000 })

  await page.getByRole('textbox', { name: 'New class' }).fill('pit')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('radio', { name: 'pit' })).toBeChecked()
  await dragOnFrame(page, { from: [1950, 1450], to: [2350, 1850] })
  await expect(page.getByTestId('frame-box')).toHaveCount(1)
  await dragOnFrame(page, { from: [5950, 4150], to: [6250, 4450] })
  await expect(page.getByTestId('frame-box')).toHaveCount(2)
  await expect(page.getByTestId('patch-preview')).toHaveCount(2)

  // With the keys: a third box, another class, taken back again.
  await page.getByTestId('frame-box').first().focus()
  await page.keyboard.press('b')
  await expect(page.getByTestId('frame-box')).toHaveCount(3)
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Delete')
  await expect(page.getByTestId('frame-box')).toHaveCount(2)
  await page.keyboard.press('Control+z')
  await expect(page.getByTestId('frame-box')).toHaveCount(3)
  await page.keyboard.press('u')
  await page.keyboard.press('u')
  await expect(page.getByTestId('frame-box')).toHaveCount(2)

  await page.getByLabel('Per box').fill('3')
  await page.getByLabel('Without a box').fill('4')
  await page.getByLabel('Their class').fill('good')
  await expect(page.getByTestId('patch-preview')).toHaveCount(10)
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Cut 10 patches' }).click()
  await expect(page.getByTestId('cut-report')).toContainText('10 patches were cut', { timeout: 120_000 })

  await page.getByRole('button', { name: 'Show dataset' }).click()
  await expect(page.getByRole('row', { name: /^pit pit: 6 images/ })).toBeVisible()
  await expect(page.getByRole('row', { name: /^good good: 4 images/ })).toBeVisible()

  // What is drawn on the frame is seen on an enlarged patch.
  await page.getByRole('table').first().getByRole('button', { name: 'pit', exact: true }).click()
  await page.locator('[data-index="0"]').dblclick()
  const drawn = page.getByTestId('drawn-boxes')
  await expect(drawn.getByRole('listitem')).toHaveText(['pit'])
  await page.keyboard.press('b')
  await expect(drawn).toBeHidden()
  await page.keyboard.press('b')
  await expect(drawn).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Escape')

  // Boxes are kept: the frame can be cut again.
  await page.getByRole('button', { name: 'Large frames…' }).click()
  await expect(page.getByTestId('frame-box')).toHaveCount(2)
  expect(app.problems).toEqual([])

  // One frame, one group, and nothing of the project contradicts itself.
  await app.close()
  const flawsmith = (...args: readonly string[]) =>
    runFlawsmith([...args, '--json'], { dataFolder: workspace.dataFolder })
  expect((await flawsmith('groups', 'list', project)).json()).toMatchObject({ effective: { pit: 1, good: 1 } })
  expect((await flawsmith('verify', project)).code).toBe(0)
})
