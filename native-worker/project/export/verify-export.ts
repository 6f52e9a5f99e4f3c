import { createHash } from 'node:crypto'
import { readFile, readdir } from 'node:fs/promises'
import { join, posix, resolve } from 'node:path'
import * as v from 'valibot'
import { FlawsmithError } from '../../../contract/errors.ts'
import type { ChainHead, KeptHead, VerifyProblem, VerifyReport } from '../../../contract/export.ts'
import type { Db } from '../storage/query.ts'
import { compareExportWithProject } from './compare-export-with-project.ts'
import { compareManifest } from './compare-manifest.ts'
import { pretrainingManifest } from './pretraining/write-pretraining.ts'
import { ExportJson, exportJsonName } from './export-json.ts'

interface VerifyOptions {
  readonly folder: string
  /** The database of the project that wrote the export. */
  readonly db?: Db
  /** An end of that project's record that was kept elsewhere. */
  readonly kept?: KeptHead | undefined
  readonly signal?: AbortSignal
  readonly onProgress?: (done: number, total: number | null) => void
}

const sumsName = 'SHA256SUMS'
const manifestName = 'manifest.csv'

/**
 * Compares every file of an export with its sum, the sums with the manifest and, where the project is given, both with what
 * the project recorded when it wrote them; finds files without a sum.
 * Throws `folder_not_found`, `verify_failed` (the folder is no export).
 */
export async function verifyExport({ folder, db, kept, signal, onProgress }: VerifyOptions): Promise<VerifyReport> {
  const root = resolve(folder)
  const paths = await filesBelow(root)
  if (![sumsName, manifestName, exportJsonName].some((name) => paths.includes(name)))
    throw new FlawsmithError(
      'verify_failed',
      `${root} is neither a Flawsmith project nor an export: it has no ${sumsName}.`,
      {
        folder: root,
      },
    )
  const problems: VerifyProblem[] = []
  const sumsText = await textOf(root, sumsName)
  const sums = readSums(sumsText ?? '', problems)
  if (sumsText === null)
    problems.push({ kind: 'missing_file', path: sumsName, detail: 'nothing says what was exported' })
  else if (sums.size === 0) problems.push({ kind: 'changed_file', path: sumsName, detail: 'lists no files' })
  let filesChecked = 0
  for (const [path, sha256] of sums) {
    signal?.throwIfAborted()
    const problem = await verifyFile(root, { path, sha256 })
    if (problem !== null) problems.push(problem)
    filesChecked++
    onProgress?.(filesChecked, sums.size)
  }
  for (const path of paths)
    if (path !== sumsName && !sums.has(path))
      problems.push({ kind: 'unrecorded_file', path, detail: `not listed in ${sumsName}` })
  const manifest = await textOf(root, manifestName)
  if (manifest === null) {
    if (!sums.has(manifestName))
      problems.push({ kind: 'missing_file', path: manifestName, detail: `nor is it listed in ${sumsName}` })
  } else problems.push(...compareManifest(manifest, sums, await textOf(root, pretrainingManifest)))
  const head = readHead(await textOf(root, exportJsonName), problems)
  if (db !== undefined)
    problems.push(
      ...compareExportWithProject(db, {
        folder: root,
        manifestSha256: manifest === null ? null : sha256Of(manifest),
        sumsSha256: sumsText === null ? null : sha256Of(sumsText),
        head,
        kept,
      }),
    )
  return { kind: 'export', folder: root, filesChecked, head, problems, warnings: [] }
}

/** Null where there is no such file. */
async function textOf(root: string, name: string): Promise<string | null> {
  try {
    return await readFile(join(root, name), 'utf8')
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw thrown
  }
}

const sha256Of = (text: string): string => createHash('sha256').update(text).digest('hex')

/** The end of the record that the export carries; exports of older versions carry none. */
function readHead(text: string | null, problems: VerifyProblem[]): ChainHead | null {
  if (text === null) return null
  try {
    return v.parse(ExportJson, JSON.parse(text)).record
  } catch (thrown) {
    problems.push({ kind: 'changed_file', path: exportJsonName, detail: (thrown as Error).message })
    return null
  }
}

async function filesBelow(root: string): Promise<string[]> {
  try {
    const entries = await readdir(root, { withFileTypes: true, recursive: true })
    return entries
      .filter((entry) => !entry.isDirectory())
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(root.length + 1)
          .replaceAll('\\', '/'),
      )
      .sort()
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? ''
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw new FlawsmithError('folder_not_found', `${root} is not a folder.`, { folder: root }, { cause })
    throw new FlawsmithError('folder_not_readable', `${root} cannot be read (${code}).`, { folder: root }, { cause })
  }
}

/** The format of `sha256sum`; lines that are not in it become problems. */
function readSums(text: string, problems: VerifyProblem[]): Map<string, string> {
  const sums = new Map<string, string>()
  text.split(/\r?\n/).forEach((line, index) => {
    if (line === '') return
    const [, sha256, path] = /^([0-9a-f]{64}) [ *](.+)$/.exec(line) ?? []
    const isInside = path !== undefined && !posix.isAbsolute(path) && !posix.normalize(path).startsWith('..')
    if (sha256 !== undefined && path !== undefined && isInside) sums.set(path, sha256)
    else
      problems.push({ kind: 'changed_file', path: sumsName, detail: `line ${index + 1} names no file of the export` })
  })
  return sums
}

async function verifyFile(
  root: string,
  { path, sha256 }: { readonly path: string; readonly sha256: string },
): Promise<VerifyProblem | null> {
  try {
    const found = createHash('sha256')
      .update(await readFile(join(root, path)))
      .digest('hex')
    return found === sha256 ? null : { kind: 'changed_file', path, detail: `SHA-256 is ${found}, listed is ${sha256}` }
  } catch (thrown) {
    return { kind: 'missing_file', path, detail: (thrown as NodeJS.ErrnoException).code ?? String(thrown) }
  }
}
