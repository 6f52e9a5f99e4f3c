import type { Dirent } from 'node:fs'
import { readdir, realpath, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import type { SkippedFile } from '../../../../contract/dataset.ts'
import { FlawsmithError } from '../../../../contract/errors.ts'
import type { IgnoredEntry } from '../../../../contract/layouts.ts'
import type { FolderListing, ListedExportFile, ListedFolder } from './folder-listing.ts'
import { foldersAbove } from '../../../files/folders-above.ts'
import { holdsProject } from '../../../files/project-paths.ts'
import { pathOf } from './folder-listing.ts'
import { isJunk } from './known-names.ts'
import { byName } from './natural-order.ts'
import { manifestName, readExportAround, readExportFiles } from './read-export-files.ts'

export interface ListOptions {
  /** Follows links that lead out of the folder. */
  readonly followLinks?: boolean
  readonly signal?: AbortSignal
  /** Files found so far. */
  readonly onProgress?: (found: number) => void
}

export interface ListedTree {
  /** With every link resolved: paths of the listing are relative to it. */
  readonly root: string
  readonly listing: FolderListing
  /** What could not be looked at, and links out of the folder. */
  readonly skipped: readonly SkippedFile[]
}

/** Deeper folders are not data sets; a network share may have no end. */
const deepest = 32

/**
 * Names of everything below `folder`; nothing is opened but manifests of exports, also of one that holds the folder. Hidden files and what file managers and storage
 * boxes leave are ignored. Links are followed inside the folder, and out of it only where asked for; circles end.
 * Throws `folder_not_found`, `folder_not_readable`, `folder_of_project`; `signal`'s reason when it is raised.
 */
export async function listFolder(folder: string, options: ListOptions = {}): Promise<ListedTree> {
  const { root, entries } = await openFolder(folder)
  const scan: Scan = { root, options, folders: [], ignored: [], skipped: [], exports: new Map(), found: 0 }
  await scanFolder(scan, { names: [], entries, above: [root] })
  const { folders, ignored, skipped, exports } = scan
  const around = exports.has('') ? null : await readExportAround(root)
  if (around !== null) exports.set('', around)
  return { root, listing: { folders, ignored, exports }, skipped }
}

interface Scan {
  readonly root: string
  readonly options: ListOptions
  readonly folders: ListedFolder[]
  readonly ignored: IgnoredEntry[]
  readonly skipped: SkippedFile[]
  readonly exports: Map<string, ReadonlyMap<string, ListedExportFile>>
  found: number
}

interface Place {
  readonly names: readonly string[]
  readonly entries: readonly Dirent[]
  /** Real paths of the folders on the way down, so that a link in a circle ends. */
  readonly above: readonly string[]
}

async function scanFolder(scan: Scan, { names, entries, above }: Place): Promise<void> {
  const { signal, onProgress } = scan.options
  signal?.throwIfAborted()
  const files: string[] = []
  const folders: { readonly name: string; readonly real: string | null }[] = []
  for (const entry of entries) {
    const path = [...names, entry.name].join('/')
    const kind = entry.isSymbolicLink() ? await followLink(scan, { path, above }) : kindOf(entry)
    if (kind === null) continue
    if (entry.name.startsWith('.') || isJunk(entry.name)) {
      const reason = isJunk(entry.name) ? 'system' : 'hidden'
      if (kind !== 'file' && kind !== 'other') scan.ignored.push({ path, reason, images: null })
    } else if (kind === 'file') files.push(entry.name)
    else if (kind === 'other')
      scan.skipped.push({ path, reason: 'unreadable', detail: 'not a regular file', cause: { name: 'not_a_file' } })
    else folders.push({ name: entry.name, real: kind === 'folder' ? null : kind.real })
  }
  scan.folders.push({ names, files: files.sort(byName) })
  scan.found += files.length
  onProgress?.(scan.found)
  if (files.includes(manifestName)) {
    try {
      const rows = await readExportFiles(join(scan.root, ...names), names)
      if (rows !== null) scan.exports.set(pathOf(names), rows)
    } catch (thrown) {
      scan.skipped.push({ path: pathOf([...names, manifestName]), reason: 'unreadable', ...asDetail(thrown) })
    }
  }
  for (const { name, real } of folders.sort((a, b) => byName(a.name, b.name))) {
    const below = [...names, name]
    if (below.length > deepest) {
      scan.ignored.push({ path: pathOf(below), reason: 'system', images: null })
      continue
    }
    const inside = await entriesOf(scan, below)
    if (inside !== null)
      await scanFolder(scan, { names: below, entries: inside, above: [...above, real ?? join(scan.root, ...below)] })
  }
}

const kindOf = (entry: Dirent): 'folder' | 'file' | 'other' =>
  entry.isDirectory() ? 'folder' : entry.isFile() ? 'file' : 'other'

/** Null where it leads nowhere that counts; that is noted. */
async function followLink(
  { root, options, skipped }: Scan,
  { path, above }: { readonly path: string; readonly above: readonly string[] },
): Promise<'file' | 'other' | { readonly real: string } | null> {
  try {
    const target = await realpath(join(root, path))
    const isInside = target === root || target.startsWith(root.endsWith(sep) ? root : root + sep)
    if (!isInside && options.followLinks !== true) {
      skipped.push({ path, reason: 'symlink_outside', detail: target })
      return null
    }
    const found = await stat(target)
    if (!found.isDirectory()) return found.isFile() ? 'file' : 'other'
    // Also a link to a folder that holds `root`: it would bring everything again.
    const isCircle = above.some((folder) => folder === target || folder.startsWith(target + sep))
    return isCircle ? null : { real: target }
  } catch (thrown) {
    skipped.push({ path, reason: 'unreadable', ...asDetail(thrown) })
    return null
  }
}

/** Null, and reported, where the folder cannot be read. */
async function entriesOf({ root, skipped }: Scan, names: readonly string[]): Promise<readonly Dirent[] | null> {
  try {
    return await readdir(join(root, ...names), { withFileTypes: true })
  } catch (thrown) {
    skipped.push({ path: pathOf(names), reason: 'unreadable', ...asDetail(thrown) })
    return null
  }
}

async function openFolder(folder: string): Promise<{ readonly root: string; readonly entries: readonly Dirent[] }> {
  try {
    const root = await realpath(folder)
    refuseProject(folder, root)
    return { root, entries: await readdir(root, { withFileTypes: true }) }
  } catch (thrown) {
    if (thrown instanceof FlawsmithError) throw thrown
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

/** Folders of a project are no classes: “images” and “backups” would be trained on. */
function refuseProject(folder: string, root: string): void {
  const project = [root, ...foldersAbove(root)].find(holdsProject)
  if (project === undefined) return
  const what = project === root ? 'is a Flawsmith project' : `lies inside the Flawsmith project ${project}`
  throw new FlawsmithError(
    'folder_of_project',
    `${folder} ${what}. Export from that project and import the export, or choose the folder that it was imported from.`,
    { folder, project },
  )
}

const asDetail = (thrown: unknown): Pick<SkippedFile, 'detail' | 'cause'> => ({
  detail: (thrown as NodeJS.ErrnoException).code ?? String(thrown),
  cause: { name: 'system' },
})
