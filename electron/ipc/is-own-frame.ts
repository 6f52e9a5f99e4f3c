import type { BrowserWindow, WebFrameMain } from 'electron'
import { pageOrigin } from '../protocols/page-url.ts'

/** True for our window's main frame on our origin: the only sender whose messages are answered. */
export function isOwnFrame({ frame, window }: { frame: WebFrameMain | null; window: BrowserWindow }): boolean {
  if (frame === null || window.isDestroyed() || frame !== window.webContents.mainFrame) return false
  const { protocol, host } = new URL(frame.url)
  return `${protocol}//${host}` === pageOrigin()
}
