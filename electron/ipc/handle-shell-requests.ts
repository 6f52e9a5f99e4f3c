import { mkdir } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { BrowserWindow } from 'electron'
import { app, dialog, nativeTheme } from 'electron'
import type { ServiceProcess } from '../service/service-process.ts'
import { projectsFolder } from '../windows/data-folder.ts'
import type { SessionFile } from '../windows/session-file.ts'
import { onDrop, onShellRequest } from './on-shell-request.ts'
import { openReport, showFolder } from './show-folder.ts'

/** Answers the page's requests to the desktop; what the user names in a dialog or drops, the service may then work with. */
export function handleShellRequests({
  window,
  service,
  file,
}: {
  window: BrowserWindow
  service: ServiceProcess
  file: SessionFile
}): void {
  const exportsFolder = (): string => file.session.exportsFolder ?? join(projectsFolder(), 'exports')
  onDrop({ window, answer: (folder) => service.grant({ folder, use: 'read' }) })
  onShellRequest('shell.chooseFolder', {
    window,
    answer: async ({ title, use }) => {
      const create = use !== 'open'
      if (create) await mkdir(projectsFolder(), { recursive: true })
      const { canceled, filePaths } = await dialog.showOpenDialog(window, {
        title,
        defaultPath:
          use === 'open' ? homedir() : ((use === 'export' ? file.session.exportsFolder : null) ?? projectsFolder()),
        properties: create ? ['openDirectory', 'createDirectory', 'promptToCreate'] : ['openDirectory'],
      })
      const folder = canceled ? null : (filePaths[0] ?? null)
      if (folder !== null) {
        await service.grant({ folder, use: create ? 'write' : 'read' })
        if (use === 'export') file.update({ exportsFolder: folder })
      }
      return folder
    },
  })
  onShellRequest('shell.chooseImages', {
    window,
    answer: async ({ title }) => {
      const { canceled, filePaths } = await dialog.showOpenDialog(window, {
        title,
        defaultPath: homedir(),
        filters: [{ name: title, extensions: ['png', 'jpg', 'jpeg', 'bmp', 'tif', 'tiff', 'webp', 'gif'] }],
        properties: ['openFile', 'multiSelections'],
      })
      if (canceled) return []
      for (const file of filePaths) await service.grant({ folder: file, use: 'read' })
      return filePaths
    },
  })
  onShellRequest('shell.showFolder', {
    window,
    answer: async ({ folder }) => {
      await showFolder(folder, service.shownFolders)
      return null
    },
  })
  onShellRequest('shell.openReport', {
    window,
    answer: async ({ folder }) => {
      await openReport(folder, service.shownFolders)
      return null
    },
  })
  onShellRequest('shell.restartService', {
    window,
    answer: () => {
      service.kill()
      return Promise.resolve(null)
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
        exportsFolder: exportsFolder(),
      }),
  })
}
