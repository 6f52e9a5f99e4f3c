import type { BrowserWindow } from 'electron'
import { app } from 'electron'
import type { ServiceProcess } from '../service/service-process.ts'

/** Closing the window lets the service write a last checkpoint and close the database before the app ends. */
export function quitAfterService({ window, service }: { window: BrowserWindow; service: ServiceProcess }): void {
  window.on('closed', () => {
    app.quit()
  })
  let closed = false
  app.on('before-quit', (event) => {
    if (closed) return
    event.preventDefault()
    void service.close().finally(() => {
      closed = true
      app.quit()
    })
  })
}
