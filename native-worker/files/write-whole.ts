import { open, rename } from 'node:fs/promises'

/** Under a temporary name, synced, renamed: killed at any moment, the file is the old one or the new one. */
export async function writeWhole(file: string, text: string): Promise<void> {
  const unfinished = `${file}.unfinished`
  const handle = await open(unfinished, 'w')
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(unfinished, file)
}
