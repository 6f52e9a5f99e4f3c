import { expect, test } from './app-fixture.ts'
import { expectAccessible, goTo, openProject, prepareProject } from './steps.ts'

test('the check names the end of the record, and compares it with one kept on paper', async ({ app, workspace }) => {
  const { page } = app
  await openProject(app, await prepareProject(workspace, { name: 'line', classes: { good: 6, pit: 3 } }))
  await goTo(page, 'Export')
  await page.getByLabel('New folder').fill('balanced')
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  await expect(page.getByTestId('export-done')).toBeVisible()
  await page.getByRole('button', { name: 'Verify project' }).click()
  const head = page.getByTestId('record-head')
  await expect(head).toContainText(/The record has \d+ entries/)
  const text = await head.innerText()
  const entries = /has (\d+) entries/.exec(text)?.[1] ?? ''
  const hash = /[0-9a-f]{64}/.exec(text)?.[0] ?? ''

  const compare = async (kept: { entries: string; hash: string }): Promise<void> => {
    await page.getByRole('button', { name: 'Compare with a kept copy…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Is the record still the one you kept?' })
    await dialog.getByLabel('Entries').fill(kept.entries)
    await dialog.getByLabel('Hash').fill('not a hash')
    await expect(dialog).toContainText('Type 16 to 64')
    await dialog.getByLabel('Hash').fill(kept.hash)
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Verify and compare' }).click()
    await expect(dialog).toHaveCount(0)
  }
  // In capitals and groups, as a person copies it.
  await compare({ entries, hash: `${hash.slice(0, 8).toUpperCase()} ${hash.slice(8, 16)}` })
  await expect(head).toContainText(`Up to entry ${entries}, the record is still the one you kept.`)

  await compare({ entries: '1', hash })
  const report = page.getByTestId('verify-report')
  await expect(report).toHaveAttribute('data-problems', '1')
  await expect(report).toContainText('Record rewritten')
  await expectAccessible(page)
  expect(app.problems).toEqual([])
})
