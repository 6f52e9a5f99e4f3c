import { Menu } from 'electron'

/** The page has all commands, in the user's language. macOS needs a menu for copy, paste and quit to work. */
export function clearMenu(): void {
  Menu.setApplicationMenu(
    process.platform === 'darwin'
      ? Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }])
      : null,
  )
}
