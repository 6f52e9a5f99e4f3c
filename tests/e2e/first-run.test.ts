import { expect, test } from './app-fixture.ts'
import { expectAccessible, goTo, openProject, prepareProject, trainingTimeout } from './steps.ts'

test('from a quick look to the review: what it takes, what came of it beside real images, candidates of every short class', async ({
  app,
  workspace,
}) => {
  test.setTimeout(480_000)
  const { page } = app
  await openProject(app, await prepareProject(workspace, { name: 'line', classes: { good: 30, scratch: 16 } }))
  await expect(page.getByRole('banner')).toContainText('line')
  await page.setViewportSize({ width: 1366, height: 768 })
  await goTo(page, 'Train')
  const main = page.getByRole('main')

  // What needs no training comes first, and says what it lacks.
  await expect(main.getByRole('radio').first()).toHaveAttribute('value', /^(procedural|patchwork)$/)
  await expect(main.getByText(/^Not yet: say which class is free of defects/)).toBeVisible()
  await expect(main.getByRole('button', { name: 'Mark defects…' })).toBeVisible()
  await main.getByRole('radio', { name: /^Quick look/ }).check({ force: true })
  await expect(main.getByTestId('preset-quick')).toContainText(/300 steps, about \d+ (s|min)/, {
    timeout: trainingTimeout,
  })
  await expectAccessible(page)

  await main.getByRole('button', { name: 'Start training' }).click()
  const run = page.getByTestId('run')
  await expect(run).toHaveAttribute('data-status', 'finished', { timeout: trainingTimeout })
  const verdict = run.getByTestId('verdict')
  await expect(verdict).toHaveAttribute('data-kind', /^(ready|improving|settled|unmeasured)$/)
  await expect(verdict).toContainText(/ready to look at|still getting better|has stopped getting better|not measured/)
  await expect(run.getByTestId('real-images')).toBeVisible()
  // The newest snapshot, all of it, beside the real images.
  const area = await run.getByTestId('sheet-area').boundingBox()
  for (const part of [run.getByRole('img', { name: /^Samples at step 300/ }), run.getByTestId('real-images')]) {
    const box = await part.boundingBox()
    expect(box?.x ?? 0).toBeGreaterThanOrEqual(area?.x ?? 1)
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual((area?.x ?? 0) + (area?.width ?? 0))
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual((area?.y ?? 0) + (area?.height ?? 0))
  }
  await expectAccessible(page)

  // Every figure with what it is held against.
  await run.getByRole('button', { name: 'By class' }).click()
  await expect(run.getByRole('row', { name: /^scratch 12 \d+% against \d+%/ })).toBeVisible()

  await run.getByRole('button', { name: 'Generate for 1 short class' }).click()
  await expect(page.getByRole('heading', { name: 'Review', level: 2 })).toBeVisible({ timeout: trainingTimeout })
  await expect(page.getByLabel(/^\d+ candidates to review$/)).toBeVisible()
  expect(app.problems).toEqual([])
})
