import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { app } from 'electron'

/** Less than Chromium writes at once when it starts. */
const probeBytes = 256 * 1024

/**
 * Chromium's own files (local storage, caches) live beside ours, so that one variable moves all of a user's state. Where nothing can
 * be written there, it gets a folder for this start only: without one it would not start at all, and not say why.
 */
export function useDataFolder(): void {
  const dataFolder = process.env['FLAWSMITH_DATA']
  if (dataFolder !== undefined && dataFolder !== '') app.setPath('userData', join(dataFolder, 'window'))
  if (takesFiles(app.getPath('userData'))) return
  const passing = mkdtempSync(join(tmpdir(), 'flawsmith-window-'))
  app.setPath('userData', passing)
  process.once('exit', () => {
    rmSync(passing, { recursive: true, force: true })
  })
}

function takesFiles(folder: string): boolean {
  const probe = join(folder, `probe-${process.pid}`)
  try {
    mkdirSync(folder, { recursive: true })
    writeFileSync(probe, Buffer.alloc(probeBytes))
    rmSync(probe)
    return true
  } catch (thrown) {
    process.stderr.write(`the window's own folder cannot be written to: ${String(thrown)}\n`)
    removeProbe(probe)
    return false
  }
}

/** A full disk keeps a part of it. */
function removeProbe(probe: string): void {
  try {
    rmSync(probe, { force: true })
  } catch (thrown) {
    process.stderr.write(`${String(thrown)}\n`)
  }
}

/** Where new projects and exports are proposed. */
export const projectsFolder = (): string => process.env['FLAWSMITH_PROJECTS'] ?? join(homedir(), 'Flawsmith')
