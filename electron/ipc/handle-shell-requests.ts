import { mkdir } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { BrowserWindow } from 'electron'
import { app, dialog, nativeTheme, shell } from 'electron'
import { onShellRequest } from './on-shell-request.ts'

const projectsFolder = (): string => process.env['FLAWSMITH_PROJECTS'] ?? join(homedir(), 'Flawsmith')

export function handleShellRequests({ window }: { window: BrowserWindow }): void {
  onShellRequest('shell.chooseFolder', {
    window,
    answer: async ({ title, create }) => {
      if (create) await mkdir(projectsFolder(), { recursive: true })
      const { canceled, filePaths } = await dialog.showOpenDialog(window, {
        title,
        defaultPath: create ? projectsFolder() : homedir(),
        properties: create ? ['openDirectory', 'createDirectory', 'promptToCreate'] : ['openDirectory'],
      })
      return canceled ? null : (filePaths[0] ?? null)
    },
  })
  onShellRequest('shell.showFolder', {
    window,
    answer: async ({ folder }) => {
      await shell.openPath(folder)
      return null
    },
  })
  onShellRequest('shell.setTheme', {
    window,
    answer: ({ theme }) => {
      nativeTheme.themeSource = theme
      return Promise.resolve(null)
    },
  })
  onShellRequest('shell.describe', {
    window,
    answer: () =>
      Promise.resolve({
        version: app.getVersion(),
        electron: process.versions.electron,
        locale: app.getPreferredSystemLanguages()[0] ?? app.getLocale(),
        projectsFolder: projectsFolder(),
      }),
  })
}
