import type { Dirent } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { FlawsmithError } from '../../../contract/errors.ts'
import { MarkRefused } from './formats/parsed-marks.ts'

const mostFiles = 500_000
const mostFolders = 20

export interface MarkFile {
  /** Relative to the folder, with `/` between names. */
  readonly path: string
  readonly file: string
}

export interface MarkFolder {
  /** What was named: the folder, or the one file in it. */
  readonly place: string
  readonly folder: string
  readonly files: readonly MarkFile[]
}

/**
 * Every file below a folder, or the one file that is named. Links are not followed. Throws `folder_not_found`, `folder_not_readable`,
 * `marks_file_unreadable`.
 */
export async function listMarkFiles(place: string, signal?: AbortSignal): Promise<MarkFolder> {
  try {
    const found = await stat(place)
    if (found.isFile()) return { place, folder: dirname(place), files: [{ path: basename(place), file: place }] }
    const files: MarkFile[] = []
    await walk({ folder: place, prefix: '', depth: 0 }, { files, signal })
    return { place, folder: place, files: files.sort((a, b) => (a.path < b.path ? -1 : 1)) }
  } catch (thrown) {
    if (thrown instanceof FlawsmithError || signal?.aborted === true) throw thrown
    const code = (thrown as NodeJS.ErrnoException).code ?? ''
    if (code === 'ENOENT')
      throw new FlawsmithError('folder_not_found', `${place} does not exist.`, { folder: place }, { cause: thrown })
    throw new FlawsmithError(
      'folder_not_readable',
      `${place} cannot be read (${code}). Check its permissions.`,
      { folder: place },
      { cause: thrown },
    )
  }
}

interface Level {
  readonly folder: string
  readonly prefix: string
  readonly depth: number
}

async function walk(
  { folder, prefix, depth }: Level,
  context: { readonly files: MarkFile[]; readonly signal: AbortSignal | undefined },
): Promise<void> {
  context.signal?.throwIfAborted()
  const entries: Dirent[] = await readdir(folder, { withFileTypes: true })
  for (const entry of entries) {
    if (entry.name.startsWith('.') || entry.name === '__MACOSX') continue
    const path = prefix + entry.name
    if (entry.isFile()) context.files.push({ path, file: join(folder, entry.name) })
    else if (entry.isDirectory() && depth < mostFolders)
      await walk({ folder: join(folder, entry.name), prefix: `${path}/`, depth: depth + 1 }, context)
    if (context.files.length > mostFiles)
      throw new FlawsmithError(
        'marks_file_unreadable',
        `${folder} holds more than ${mostFiles} files. Name the folder with the annotations only.`,
        { folder },
      )
  }
}

/** A text that is not larger than it may be. Throws `MarkRefused`. */
export async function readMarkText({ file }: MarkFile, mostBytes: number): Promise<string> {
  const { size } = await stat(file).catch(unreadable)
  if (size > mostBytes) throw new MarkRefused('not_readable', `a file of ${size} bytes; at most ${mostBytes} are read`)
  const bytes = await readFile(file).catch(unreadable)
  return new TextDecoder('utf-8').decode(bytes)
}

const unreadable = (thrown: unknown): never => {
  throw new MarkRefused('not_readable', (thrown as NodeJS.ErrnoException).code ?? String(thrown))
}
