import { homedir } from 'node:os'
import { join } from 'node:path'
import { app } from 'electron'

/** Chromium's own files (local storage, caches) live beside ours, so that one variable moves all of a user's state. */
export function useDataFolder(): void {
  const dataFolder = process.env['FLAWSMITH_DATA']
  if (dataFolder !== undefined && dataFolder !== '') app.setPath('userData', join(dataFolder, 'window'))
}

/** Where new projects and exports are proposed. */
export const projectsFolder = (): string => process.env['FLAWSMITH_PROJECTS'] ?? join(homedir(), 'Flawsmith')
