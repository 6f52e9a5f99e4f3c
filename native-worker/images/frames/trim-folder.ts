import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** Keeps a cache in bounds: removes what was written longest ago until the rest has at most so many bytes. */
export async function trimFolder(folder: string, { maxBytes }: { readonly maxBytes: number }): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  const files = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => {
        const path = join(entry.parentPath, entry.name)
        const { size, mtimeMs } = await stat(path)
        return { path, size, mtimeMs }
      }),
  )
  let total = files.reduce((sum, { size }) => sum + size, 0)
  for (const { path, size } of files.sort((a, b) => a.mtimeMs - b.mtimeMs)) {
    if (total <= maxBytes) return
    await rm(path, { force: true })
    total -= size
  }
}
