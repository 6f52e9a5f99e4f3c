import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname, relative, resolve } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import yauzl from 'yauzl'
import type { Entry, ZipFile } from 'yauzl'

const open = promisify<string, yauzl.Options, ZipFile>(yauzl.open)

/**
 * Unpacks the entries that `nameOf` gives a name (relative to `folder`); null leaves an entry out. Sizes and checksums
 * are checked while reading. Permission bits are kept; symbolic links are not supported and refused.
 */
export async function extractZip(
  file: string,
  { folder, nameOf }: { readonly folder: string; readonly nameOf: (entryName: string) => string | null },
): Promise<readonly string[]> {
  const zip = await open(file, { lazyEntries: true, autoClose: false })
  const names: string[] = []
  try {
    for await (const entry of entriesOf(zip)) {
      const name = entry.fileName.endsWith('/') ? null : nameOf(entry.fileName)
      if (name === null) continue
      const target = resolve(folder, name)
      const inside = relative(folder, target)
      if (inside === '' || inside.startsWith('..'))
        throw new Error(`${file} holds an entry outside its folder: ${entry.fileName}`)
      await extractEntry({ zip, entry, target })
      names.push(name)
    }
  } finally {
    zip.close()
  }
  return names
}

async function* entriesOf(zip: ZipFile): AsyncGenerator<Entry> {
  for (let left = zip.entryCount; left > 0; left--) {
    yield await new Promise<Entry>((resolve, reject) => {
      const received = (entry: Entry): void => {
        zip.off('error', reject)
        resolve(entry)
      }
      zip.once('entry', received)
      zip.once('error', reject)
      zip.readEntry()
    })
  }
}

async function extractEntry({ zip, entry, target }: { zip: ZipFile; entry: Entry; target: string }): Promise<void> {
  const mode = entry.externalFileAttributes >>> 16
  if ((mode & 0o170000) === 0o120000) throw new Error(`${entry.fileName} is a symbolic link`)
  await mkdir(dirname(target), { recursive: true })
  const source = await new Promise<Readable>((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error) reject(error)
      else resolve(stream)
    })
  })
  const permissions = mode & 0o777
  await pipeline(source, createWriteStream(target, permissions === 0 ? {} : { mode: permissions | 0o600 }))
}
