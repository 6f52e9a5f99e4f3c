import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { _electron } from 'playwright'
import { addCandidates } from '../e2e/add-candidates.ts'
import { makeLargeProject } from '../helpers/large-project.ts'

/*
 * How long the review takes from a key to the frame that shows what it asked for, the next candidate decoded, with 10,000 candidates in the
 * real window: while nothing else runs, and while a run trains on the engine it would take by itself. Milliseconds, for decisions
 * (each recorded before the next candidate is shown) and for moving. `npm run bench review-keys 10000`.
 */

const projectRoot = join(import.meta.dirname, '../..')
const presses = 120
const [candidates = 10_000] = process.argv
  .slice(2)
  .map(Number)
  .filter((count) => count > 0)
const executablePath = process.env['FLAWSMITH_ELECTRON']
if (executablePath === undefined)
  throw new Error('FLAWSMITH_ELECTRON is not set: run this with `npm run bench -- review-keys`')
const root = await mkdtemp(join(tmpdir(), 'flawsmith-bench-'))
const folder = join(root, 'line')

declare global {
  interface Window {
    shownAfterKey?: Promise<number>
  }
}

/** Keeps the milliseconds from the next key to after the frame that shows another candidate, whole. Runs in the page. */
function watchNextKey(): void {
  const shown = (): string | undefined => {
    const picture = document.querySelector<HTMLImageElement>('[data-testid=sample-image]')
    return picture !== null && picture.complete && picture.naturalWidth > 0 ? picture.dataset['sample'] : undefined
  }
  const before = shown()
  window.shownAfterKey = new Promise((resolve) => {
    addEventListener(
      'keydown',
      ({ timeStamp }) => {
        const look = (): void => {
          const now = shown()
          if (now === undefined || now === before) requestAnimationFrame(look)
          // When this frame is painted.
          else
            setTimeout(() => {
              resolve(performance.now() - timeStamp)
            })
        }
        requestAnimationFrame(look)
      },
      { once: true, capture: true },
    )
  })
}

async function time(page: Page, keys: readonly string[]): Promise<readonly number[]> {
  const times: number[] = []
  for (let press = 0; press < presses; press += 1) {
    await page.evaluate(watchNextKey)
    await page.keyboard.press(keys[press % keys.length] ?? 'a')
    times.push((await page.evaluate(() => window.shownAfterKey)) ?? Number.NaN)
  }
  return times
}

const quantile = (values: readonly number[], share: number): number =>
  Number((values.toSorted((a, b) => a - b)[Math.floor(share * (values.length - 1))] ?? Number.NaN).toFixed(1))

try {
  await makeLargeProject(folder, { good: 400, scratch: 60, pit: 60 })
  await addCandidates(folder, { count: candidates })
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined)
  const app = await _electron.launch({
    executablePath,
    args: [projectRoot, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--lang=en-US'],
    env: { ...Object.fromEntries(inherited), LANGUAGE: 'en_US', FLAWSMITH_DATA: join(root, 'data') },
    timeout: 240_000,
  })
  const page = await app.firstWindow({ timeout: 240_000 })
  page.setDefaultTimeout(120_000)
  const goTo = (step: string): Promise<void> => page.getByRole('navigation').getByRole('link', { name: step }).click()
  const review = async (): Promise<void> => {
    await goTo('Review')
    await page.getByTestId('sample-image').waitFor()
  }
  await app.evaluate(({ dialog }, answer) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [answer] })
  }, folder)
  await page.getByRole('button', { name: 'Open…' }).click()
  await review()
  await page.keyboard.press('a')
  await page.getByLabel('Inspector name').fill('Ann')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  const measure = async (isTraining: boolean): Promise<void> => {
    for (const [what, keys] of [
      ['decisions', ['a', 'r']],
      ['moves', ['ArrowRight', 'ArrowRight', 'ArrowLeft']],
    ] as const) {
      const times = await time(page, keys)
      const figures = { n: times.length, p50Ms: quantile(times, 0.5), p95Ms: quantile(times, 0.95) }
      const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}`
      const line = { bench: `review keys, ${what}`, candidates, isTraining, ...figures, promisedP95Ms: 50, machine }
      process.stdout.write(`${JSON.stringify(line)}\n`)
    }
  }
  await measure(false)
  await goTo('Train')
  await page.getByRole('button', { name: 'Start training' }).click()
  await page.locator('[data-testid=run][data-status=running]').waitFor()
  await page.waitForFunction(() => /[1-9]/.test(document.querySelector('[data-testid=run] dd')?.textContent ?? ''))
  await review()
  await measure(true)
  await goTo('Train')
  const status = await page.getByTestId('run').getAttribute('data-status')
  const [step, engine] = [
    await page.locator('[data-testid=run] dd').first().textContent(),
    await page.locator('[data-testid=run] dd').last().textContent(),
  ]
  process.stdout.write(`${JSON.stringify({ bench: 'review keys, run beside', status, step, engine, candidates })}\n`)
  await app.close()
} finally {
  await rm(root, { recursive: true, force: true })
}
