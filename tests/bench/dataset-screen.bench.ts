import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron } from 'playwright'
import { median, printBenchLine } from '../helpers/bench-line.ts'
import { makeLargeProject } from '../helpers/large-project.ts'

/*
 * A project of 100,000 images in the real window: from choosing its folder to the first pictures of the data set, and how many frames a
 * second are drawn while its largest class is scrolled. The peers are what was promised, not programs.
 */

const projectRoot = join(import.meta.dirname, '../..')
const promisedMs = 1000
const promisedFrames = 60
const rounds = 3
const executablePath = process.env['FLAWSMITH_ELECTRON']
if (executablePath === undefined)
  throw new Error('FLAWSMITH_ELECTRON is not set: run this with `npm run bench -- dataset-screen`')
const root = await mkdtemp(join(tmpdir(), 'flawsmith-bench-'))
const folder = join(root, 'large')

/** Milliseconds between frames while the grid is scrolled, some rows a frame. Runs in the page. */
const scroll = (grid: Element): Promise<number[]> =>
  new Promise((resolve) => {
    const times: number[] = []
    let last = performance.now()
    const step = (now: number): void => {
      times.push(now - last)
      last = now
      grid.scrollTop += 60
      if (times.length < 300) requestAnimationFrame(step)
      else resolve(times.slice(1))
    }
    requestAnimationFrame(step)
  })

try {
  await makeLargeProject(folder, { good: 80_000, scratch: 12_000, pit: 5000, stain: 3000 })
  const opened: number[] = []
  const frames: number[] = []
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined)
  for (let round = 0; round < rounds; round += 1) {
    const app = await _electron.launch({
      executablePath,
      args: [projectRoot, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--lang=en-US'],
      env: { ...Object.fromEntries(inherited), LANGUAGE: 'en_US', FLAWSMITH_DATA: join(root, `data-${round}`) },
      timeout: 240_000,
    })
    const page = await app.firstWindow({ timeout: 240_000 })
    page.setDefaultTimeout(120_000)
    await app.evaluate(({ dialog }, answer) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [answer] })
    }, folder)
    await page.getByRole('button', { name: 'Open…' }).click({ trial: true })
    const began = performance.now()
    await page.getByRole('button', { name: 'Open…' }).click()
    await page.waitForFunction(() => {
      const picture = document.querySelector<HTMLImageElement>('[role=grid] img')
      return picture !== null && picture.complete && picture.naturalWidth > 0
    })
    opened.push(performance.now() - began)
    frames.push(median(await page.getByRole('grid').first().evaluate(scroll)))
    await app.close()
  }
  printBenchLine({
    bench: 'dataset screen of 100,000 images opens',
    ours: median(opened),
    peer: promisedMs,
    peerName: 'promised at most',
    unit: 'ms (lower is better)',
  })
  printBenchLine({
    bench: 'dataset screen of 100,000 images scrolls',
    ours: 1000 / median(frames),
    peer: promisedFrames,
    peerName: 'promised',
    unit: 'frames/s (median frame)',
  })
} finally {
  await rm(root, { recursive: true, force: true })
}
