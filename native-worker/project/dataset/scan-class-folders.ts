import type { Dirent } from 'node:fs'
import { readdir, realpath, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import type { SkippedFile } from '../../../contract/dataset.ts'
import { FlawsmithError } from '../../../contract/errors.ts'
import type { Split } from '../../../contract/splits.ts'

export interface FoundFile {
  readonly className: string
  /** Where the folder says so. */
  readonly split: Split | null
  /** Relative to the scanned folder, with `/` between names. */
  readonly path: string
  readonly sizeBytes: number
}

export interface ClassFolders {
  /** Class by class, in the order a person would sort the names. */
  readonly files: readonly FoundFile[]
  readonly skipped: readonly SkippedFile[]
}

/** Names of folders that say what their images are for. */
const splitNames: Readonly<Record<string, Split>> = {
  train: 'train',
  training: 'train',
  val: 'val',
  valid: 'val',
  validation: 'val',
  dev: 'val',
  test: 'test',
  testing: 'test',
  inspection: 'test',
}
const splitOf = (name: string): Split | null => splitNames[name.toLowerCase()] ?? null
const clutter = new Set(['thumbs.db', 'desktop.ini', '__macosx', '$recycle.bin', 'system volume information'])
const natural = new Intl.Collator('en', { numeric: true })
const byName = (a: string, b: string): number => natural.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0)

/**
 * Finds every file below `folder`; the first-level folder is the class, however deep a file lies in it. A folder whose
 * first level is only train / val / test, each holding class folders, is read one level down, and its images keep that split. Hidden files and what file managers leave are ignored. Links are followed inside the folder and never out of it.
 * Throws `folder_not_found`, `folder_not_readable`, `no_class_folders`; `cancelled` when `signal` is raised.
 */
export async function scanClassFolders(
  folder: string,
  { signal }: { signal?: AbortSignal } = {},
): Promise<ClassFolders> {
  const scan = await openFolder(folder)
  const context: Scan = { root: scan.root, files: [], skipped: [], signal }
  const splits = await splitFoldersOf(context, scan.entries)
  if (splits === null) await scanClasses(context, { entries: scan.entries, prefix: '', split: null })
  else
    for (const name of splits)
      await scanClasses(context, { entries: await listFolder(context, name), prefix: `${name}/`, split: splitOf(name) })
  if (context.files.length === 0 && context.skipped.length === 0)
    throw new FlawsmithError(
      'no_class_folders',
      `${folder} holds no class folders with images. It needs one folder a class, each with the images of that class.`,
      { folder },
    )
  return { files: context.files.sort((a, b) => byName(a.className, b.className)), skipped: context.skipped }
}

interface Scan {
  /** With every link resolved: what lies outside of it is refused. */
  readonly root: string
  readonly files: FoundFile[]
  readonly skipped: SkippedFile[]
  readonly signal: AbortSignal | undefined
}

async function openFolder(folder: string): Promise<{ readonly root: string; readonly entries: readonly Entry[] }> {
  try {
    const root = await realpath(folder)
    return { root, entries: visible(await readdir(root, { withFileTypes: true })) }
  } catch (thrown) {
    const code = (thrown as NodeJS.ErrnoException).code ?? ''
    if (code === 'ENOENT')
      throw new FlawsmithError('folder_not_found', `${folder} does not exist.`, { folder }, { cause: thrown })
    if (code === 'ENOTDIR')
      throw new FlawsmithError(
        'folder_not_found',
        `${folder} is a file. Choose the folder that holds the class folders.`,
        { folder },
        { cause: thrown },
      )
    throw new FlawsmithError(
      'folder_not_readable',
      `${folder} cannot be read (${code}). Check its permissions.`,
      { folder },
      { cause: thrown },
    )
  }
}

interface Entry {
  readonly name: string
  readonly kind: 'folder' | 'file' | 'link'
}

const kindOf = (entry: Dirent): Entry['kind'] =>
  entry.isDirectory() ? 'folder' : entry.isSymbolicLink() ? 'link' : 'file'

const visible = (entries: readonly Dirent[]): Entry[] =>
  entries
    .filter((entry) => !entry.name.startsWith('.') && !clutter.has(entry.name.toLowerCase()))
    .map((entry) => ({ name: entry.name, kind: kindOf(entry) }))
    .sort((a, b) => byName(a.name, b.name))

/** Empty, and reported, where the folder cannot be read. */
async function listFolder({ root, skipped }: Scan, path: string): Promise<readonly Entry[]> {
  try {
    return visible(await readdir(join(root, path), { withFileTypes: true }))
  } catch (thrown) {
    skipped.push({ path, reason: 'unreadable', ...asDetail(thrown) })
    return []
  }
}

async function splitFoldersOf(context: Scan, entries: readonly Entry[]): Promise<readonly string[] | null> {
  const folders = entries.filter((entry) => entry.kind === 'folder')
  if (folders.length === 0 || !folders.every((entry) => splitOf(entry.name) !== null)) return null
  for (const { name } of folders) {
    const inside = await listFolder(context, name)
    if (!inside.some((entry) => entry.kind === 'folder')) return null
  }
  return folders.map((entry) => entry.name)
}

async function scanClasses(
  context: Scan,
  {
    entries,
    prefix,
    split,
  }: { readonly entries: readonly Entry[]; readonly prefix: string; readonly split: Split | null },
): Promise<void> {
  for (const entry of entries) {
    const path = prefix + entry.name
    // macOS stores names decomposed: the same class must not appear twice.
    const className = entry.name.normalize('NFC')
    if (entry.kind === 'folder') await scanFolder(context, { path, className, split, above: [] })
    else if (entry.kind === 'link') await followLink(context, { path, className, split, above: [], onlyFolders: true })
  }
}

interface Place {
  readonly path: string
  readonly className: string
  readonly split: Split | null
  /** Real paths of the folders on the way down, so that a link in a circle ends. */
  readonly above: readonly string[]
}

async function scanFolder(context: Scan, { path, className, split, above }: Place): Promise<void> {
  context.signal?.throwIfAborted()
  const below = [...above, await realpath(join(context.root, path)).catch(() => path)]
  for (const entry of await listFolder(context, path)) {
    const place = { path: `${path}/${entry.name}`, className, split, above: below }
    if (entry.kind === 'folder') await scanFolder(context, place)
    else if (entry.kind === 'link') await followLink(context, { ...place, onlyFolders: false })
    else await addFile(context, place)
  }
}

async function followLink(
  context: Scan,
  { onlyFolders, ...place }: Place & { readonly onlyFolders: boolean },
): Promise<void> {
  const { root, skipped } = context
  let target: string
  try {
    target = await realpath(join(root, place.path))
  } catch (thrown) {
    skipped.push({
      path: place.path,
      reason: 'unreadable',
      ...asDetail(thrown),
    })
    return
  }
  if (target !== root && !target.startsWith(root.endsWith(sep) ? root : root + sep)) {
    skipped.push({ path: place.path, reason: 'symlink_outside', detail: target })
    return
  }
  const found = await stat(target)
  if (!found.isDirectory()) {
    if (!onlyFolders) await addFile(context, place)
  } else if (target !== root && !place.above.includes(target)) await scanFolder(context, place)
}

async function addFile({ root, files, skipped }: Scan, { path, className, split }: Place): Promise<void> {
  try {
    const found = await stat(join(root, path))
    if (found.isFile()) files.push({ className, split, path, sizeBytes: found.size })
    else skipped.push({ path, reason: 'unreadable', detail: 'not a regular file', cause: { name: 'not_a_file' } })
  } catch (thrown) {
    skipped.push({ path, reason: 'unreadable', ...asDetail(thrown) })
  }
}

const asDetail = (thrown: unknown): Pick<SkippedFile, 'detail' | 'cause'> => ({
  detail: (thrown as NodeJS.ErrnoException).code ?? String(thrown),
  cause: { name: 'system' },
})
