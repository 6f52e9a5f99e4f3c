import type { BrowserWindow } from 'electron'
import { app } from 'electron'
import { onShellRequest } from '../ipc/on-shell-request.ts'
import type { ServiceProcess } from '../service/service-process.ts'

/**
 * Closing the window lets the service write a last checkpoint and close the database before the app ends. While a run trains the
 * page asks first; a page that cannot ask any more is not waited for.
 */
export function quitAfterService({ window, service }: { window: BrowserWindow; service: ServiceProcess }): void {
  let isAgreed = false
  let isResponsive = true
  window.on('unresponsive', () => {
    isResponsive = false
  })
  window.on('responsive', () => {
    isResponsive = true
  })
  const mustAsk = (): boolean =>
    !isAgreed && service.training && isResponsive && !window.isDestroyed() && !window.webContents.isCrashed()
  const ask = (): void => {
    if (window.isMinimized()) window.restore()
    window.focus()
    window.webContents.send('window.closeAsked')
  }
  onShellRequest('shell.closeWindow', {
    window,
    answer: () => {
      isAgreed = true
      window.close()
      return Promise.resolve(null)
    },
  })

  window.on('close', (event) => {
    if (!mustAsk()) return
    event.preventDefault()
    ask()
  })
  window.on('closed', () => {
    app.quit()
  })
  let closed = false
  app.on('before-quit', (event) => {
    if (closed) return
    event.preventDefault()
    if (mustAsk()) {
      ask()
      return
    }
    void service.close().finally(() => {
      closed = true
      app.quit()
    })
  })
}
