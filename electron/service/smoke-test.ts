import { resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { BrowserWindow } from 'electron'
import { app } from 'electron'
import type { ServiceProcess } from './service-process.ts'

const smokeTestTimeoutMs = 300_000

const say = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

/**
 * `--smoke-test[=folder]`: the window shows its page and the service does a whole small job, in the processes of this installation.
 * One line a part, then `ok` with exit code 0 or `failed` with 1. The job's project is kept where a folder is named.
 */
export async function runSmokeTest({
  window,
  service,
}: {
  window: BrowserWindow
  service: ServiceProcess
}): Promise<void> {
  const end = (ok: boolean): void => {
    say(ok ? 'ok' : 'failed')
    app.exit(ok ? 0 : 1)
  }
  const startedAt = performance.now()
  setTimeout(() => {
    say(`no answer within ${smokeTestTimeoutMs / 1000} s`)
    end(false)
  }, smokeTestTimeoutMs)
  say(`Flawsmith ${app.getVersion()} on Electron ${process.versions.electron}`)
  service.onMessage((message) => {
    if (message.kind === 'smokeTestSaid') say(message.line)
    if (message.kind === 'smokeTested') end(message.ok)
  })

  await service.ready()
  await pageShown(window)
  say(`window: ${Math.round(performance.now() - startedAt)} ms, the page is shown`)
  const folder = app.commandLine.getSwitchValue('smoke-test')
  service.smokeTest(folder === '' ? null : resolve(folder))
}

async function pageShown({ webContents }: BrowserWindow): Promise<void> {
  const isShown = (): Promise<unknown> => webContents.executeJavaScript("document.querySelector('main') !== null")
  while (webContents.isLoading() || (await isShown()) !== true) await wait(50)
}
