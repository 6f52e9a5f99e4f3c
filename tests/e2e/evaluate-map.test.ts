import { join } from 'node:path'
import { expect, test } from './app-fixture.ts'
import { prepareScoredProject } from './scored-project.ts'
import { expectAccessible, goTo, openProject, trainingTimeout } from './steps.ts'

test('the map is drawn, a lasso around candidates leads to their review, and keys do the same', async ({
  app,
  workspace,
}) => {
  const { page } = app
  const folder = join(workspace.folder, 'mapped')
  await prepareScoredProject(folder, { source: join(workspace.folder, 'src') })
  await openProject(app, folder)
  await expect(page.getByRole('banner')).toContainText('mapped')
  await goTo(page, 'Evaluate')
  await page.getByRole('tab', { name: 'Map' }).click()
  const main = page.getByRole('main')
  await expect(main).toContainText('A map distorts distances; it proves nothing.')
  await expect(main).toContainText('The map is not drawn yet.')
  await page.getByRole('button', { name: 'Draw the map' }).click()
  const canvas = page.getByTestId('map-canvas')
  await expect(canvas).toBeVisible({ timeout: trainingTimeout })
  await expect(page.getByRole('button', { name: 'Draw again' })).toBeDisabled()
  const ground = page.getByTestId('map-ground')
  await expectAccessible(page)

  // As many points as pictures, and something is painted.
  const kinds = page.getByRole('group', { name: 'What is shown' })
  await expect(kinds.getByRole('button', { name: /^Real \(train\) \d\d$/ })).toBeVisible()
  const inks = await canvas.evaluate((element) => {
    const { width, height } = element as HTMLCanvasElement
    const pixels = (element as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height).data
    const words = new Uint32Array(pixels?.buffer ?? new ArrayBuffer(0))
    return new Set(words).size
  })
  expect(inks).toBeGreaterThanOrEqual(3)

  // Around everything, in the window's own pixels.
  const box = await canvas.boundingBox()
  if (box === null) throw new Error('the map has no place')
  const corners = [
    [0.02, 0.02],
    [0.98, 0.02],
    [0.98, 0.98],
    [0.02, 0.98],
  ] as const
  const at = ([x, y]: readonly [number, number]) => [box.x + x * box.width, box.y + y * box.height] as const
  await page.mouse.move(...at(corners[0]))
  await page.mouse.down()
  for (const corner of corners) await page.mouse.move(...at(corner), { steps: 4 })
  await page.mouse.up()
  const chosen = page.getByTestId('map-chosen')
  await expect(chosen).toContainText(/Chosen: 18 candidates, [1-9]\d real images/)

  // The same from the keyboard, and without the real images.
  await ground.focus()
  await page.keyboard.press('Escape')
  await expect(chosen).toContainText('Draw around candidates')
  await kinds.getByRole('button', { name: /^Real/ }).click()
  await ground.focus()
  await page.keyboard.press('+')
  await page.keyboard.press('0')
  await page.keyboard.press('Enter')
  await expect(chosen).toContainText('Chosen: 18 candidates, 0 real images')
  await chosen.getByRole('button', { name: 'Review them' }).click()
  await expect(page.getByRole('main', { name: 'Review' })).toBeVisible()
  await expect(page.getByRole('gridcell')).toHaveCount(18)
  await page.getByRole('button', { name: 'Chosen on the map: 18' }).click()
  await expect(page.getByRole('button', { name: /Chosen on the map/ })).toHaveCount(0)

  // What it says in numbers leads there, too.
  await goTo(page, 'Evaluate')
  const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'pit', exact: true }) })
  await expect(row.getByRole('cell').nth(5)).toHaveText(/^\d/)
  await row.getByRole('button', { name: 'Review them: the candidates of pit' }).click()
  await expect(page.getByRole('button', { name: 'Chosen on the map: 18' })).toBeVisible()
  expect(app.problems).toEqual([])
})
