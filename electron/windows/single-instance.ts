import type { BrowserWindow } from 'electron'
import { app } from 'electron'

/** False where Flawsmith already runs with this data folder: its window comes to the front instead. */
export const isOnlyInstance = (): boolean => app.requestSingleInstanceLock()

export function focusOnSecondStart(window: BrowserWindow): void {
  app.on('second-instance', () => {
    // Closed, and still writing a last checkpoint: it starts again when that is done.
    if (window.isDestroyed()) {
      app.relaunch()
      return
    }
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
  })
}
