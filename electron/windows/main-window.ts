import { join } from 'node:path'
import { BrowserWindow, nativeTheme, screen } from 'electron'
import { pageUrl } from '../protocols/page-url.ts'
import type { SessionFile } from './session-file.ts'

const minSize = { width: 1024, height: 700 }

/** As large and where it was when it was closed, as long as a screen is still there. */
export function createMainWindow(file: SessionFile): BrowserWindow {
  const { maximised } = file.session
  const window = new BrowserWindow({
    ...(rememberedBounds(file) ?? { width: 1360, height: 860 }),
    minWidth: minSize.width,
    minHeight: minSize.height,
    show: false,
    title: 'Flawsmith',
    // Painted until the page is: without it a dark desktop flashes white.
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#14171a' : '#f5f6f7',
    webPreferences: {
      preload: join(import.meta.dirname, '../preload/preload.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      // Folders are chosen in main's dialogs only.
      disableBlinkFeatures: 'FileSystemAccessLocal',
    },
  })
  window.once('ready-to-show', () => {
    if (maximised) window.maximize()
    window.show()
  })
  window.on('close', () => {
    file.update({ bounds: window.getNormalBounds(), maximised: window.isMaximized() })
  })
  void window.loadURL(pageUrl())
  return window
}

function rememberedBounds({ session: { bounds } }: SessionFile): Electron.Rectangle | null {
  if (bounds === null || bounds.width < minSize.width || bounds.height < minSize.height) return null
  const { workArea } = screen.getDisplayMatching(bounds)
  const isReachable =
    bounds.x + bounds.width > workArea.x + 100 &&
    bounds.x < workArea.x + workArea.width - 100 &&
    bounds.y >= workArea.y - 10 &&
    bounds.y < workArea.y + workArea.height - 100
  return isReachable ? bounds : null
}
