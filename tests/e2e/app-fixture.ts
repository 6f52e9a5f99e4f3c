import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'
import { _electron, errors, test as base } from '@playwright/test'
import type { ShellBridge } from '../../contract/shell.ts'

const root = join(import.meta.dirname, '../..')

export interface Workspace {
  /** Holds everything the app writes; removed after the test. */
  readonly folder: string
  readonly dataFolder: string
  readonly projectsFolder: string
}

export interface RunningApp {
  readonly electron: ElectronApplication
  readonly page: Page
  /** Console errors, failed requests, policy violations and uncaught errors of the page. */
  readonly problems: readonly string[]
  /** What the next native folder dialog answers: the one thing of the desktop that a test cannot click. */
  answerFolderDialog(folder: string): Promise<void>
  /** As a user who closes the window and, while a run trains, agrees to stop it. */
  close(): Promise<void>
}

/** Milliseconds for Electron to show its first window while other programs keep every core busy. */
const startTimeout = 240_000
/** Milliseconds after which the debugger is taken not to have heard of the start. */
const attachTimeout = 60_000
/** Milliseconds for a control to take a click, a key or a text. */
const actionTimeout = 90_000

/** How the real app is started. */
export function startOf(workspace: Workspace, env: Readonly<Record<string, string>> = {}) {
  const executablePath = process.env['FLAWSMITH_ELECTRON']
  if (executablePath === undefined) throw new Error('FLAWSMITH_ELECTRON is not set: run these tests with `npm test`')
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return {
    executablePath,
    timeout: startTimeout,
    args: [root, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--lang=en-US'],
    env: {
      ...Object.fromEntries(inherited),
      LANG: 'en_US.UTF-8',
      LANGUAGE: 'en_US',
      FLAWSMITH_DATA: workspace.dataFolder,
      FLAWSMITH_PROJECTS: workspace.projectsFolder,
      ...env,
    },
  }
}

/**
 * Now and then Playwright attaches to Electron and never hears that it is ready: no line of the app has run then, and another start
 * goes well. Seen about once in sixty starts.
 */
async function attach(start: ReturnType<typeof startOf>): Promise<ElectronApplication> {
  try {
    return await _electron.launch({ ...start, timeout: attachTimeout })
  } catch (thrown) {
    if (!(thrown instanceof errors.TimeoutError)) throw thrown
    return await _electron.launch(start)
  }
}

/** Starts the real app, as `npm start` does, with its own data folder. */
export async function launchApp(workspace: Workspace, env: Readonly<Record<string, string>> = {}): Promise<RunningApp> {
  const electron = await attach(startOf(workspace, env))
  const page = await electron.firstWindow({ timeout: startTimeout })
  page.setDefaultTimeout(actionTimeout)
  const problems: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      problems.push(`${message.type()}: ${message.text()}`)
  })
  page.on('pageerror', (error) => problems.push(`uncaught: ${error.message}`))
  page.on('requestfailed', (request) => problems.push(`failed: ${request.url()} ${request.failure()?.errorText ?? ''}`))
  let closing: Promise<void> | null = null
  return {
    electron,
    page,
    problems,
    answerFolderDialog: (folder) =>
      electron.evaluate(({ dialog }, answer) => {
        dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [answer] })
      }, folder),
    close: () => {
      closing ??= (async () => {
        const closed = electron.waitForEvent('close', { timeout: startTimeout })
        // The page may be gone before it can say that it has asked.
        await page
          .evaluate(() => void setTimeout(() => void window.flawsmith.invoke('shell.closeWindow', {})))
          .catch(() => undefined)
        await closed
      })()
      return closing
    },
  }
}

declare global {
  interface Window {
    readonly flawsmith: ShellBridge
  }
}

interface Fixtures {
  workspace: Workspace
  app: RunningApp
}

export const test = base.extend<Fixtures>({
  workspace: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'flawsmith-e2e-'))
    await use({ folder, dataFolder: join(folder, 'data'), projectsFolder: join(folder, 'projects') })
    await rm(folder, { recursive: true, force: true })
  },
  app: async ({ workspace }, use) => {
    const app = await launchApp(workspace)
    await use(app)
    await app.close()
  },
})

export { expect } from '@playwright/test'
