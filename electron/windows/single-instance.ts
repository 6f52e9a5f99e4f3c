import type { BrowserWindow } from 'electron'
import { app } from 'electron'

/** False where Flawsmith already runs with this data folder: its window comes to the front instead. */
export const isOnlyInstance = (): boolean => app.requestSingleInstanceLock()

export function focusOnSecondStart(window: BrowserWindow): void {
  app.on('second-instance', () => {
    if (window.isDestroyed()) return
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
  })
}
