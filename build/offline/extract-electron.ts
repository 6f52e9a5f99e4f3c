import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses'
import { extractZip } from '../../native-worker/trainer/engines/tensorflow/installation/extract-zip.ts'
import { carrier } from './carried-package.ts'
import { writeDefaultApp } from './default-app.ts'

/** Leaves out the other program and its start-up snapshot, adds a default app. Gives the names of all files. */
export async function extractElectron(archive: string, folder: string): Promise<readonly string[]> {
  const names = await extractZip(archive, { folder, nameOf: placeInRuntime })
  const electron = join(folder, 'electron')
  await chmod(electron, 0o755)
  await flipFuses(electron, {
    version: FuseVersion.V1,
    // Its own snapshot is left out.
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    // Playwright drives Electron through the inspector.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.RunAsNode]: true,
    [FuseV1Options.OnlyLoadAppFromAsar]: false,
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: false,
  })
  await writeFile(join(folder, 'version'), carrier.electron)
  return [...names, 'version', ...(await writeDefaultApp(folder))]
}

function placeInRuntime(entryName: string): string | null {
  const name = entryName.slice(carrier.program.length + 1)
  if (name.startsWith('resources/') || name === 'browser_v8_context_snapshot.bin') return null
  return name === carrier.program ? 'electron' : name
}
