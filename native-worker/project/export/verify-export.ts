import { createHash } from 'node:crypto'
import { readFile, readdir } from 'node:fs/promises'
import { join, posix, resolve } from 'node:path'
import { FlawsmithError } from '../../../contract/errors.ts'
import type { VerifyProblem, VerifyReport } from '../../../contract/export.ts'

interface VerifyOptions {
  readonly folder: string
  readonly signal?: AbortSignal
  readonly onProgress?: (done: number, total: number | null) => void
}

const sumsName = 'SHA256SUMS'

/**
 * Compares every file of an export with its sum and finds files without one.
 * Throws `folder_not_found`, `verify_failed` (the folder is no export).
 */
export async function verifyExport({ folder, signal, onProgress }: VerifyOptions): Promise<VerifyReport> {
  const root = resolve(folder)
  const paths = await filesBelow(root)
  if (!paths.includes(sumsName))
    throw new FlawsmithError(
      'verify_failed',
      `${root} is neither a Flawsmith project nor an export: it has no ${sumsName}.`,
      {
        folder: root,
      },
    )
  const problems: VerifyProblem[] = []
  const sums = readSums(await readFile(join(root, sumsName), 'utf8'), problems)
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
  return { kind: 'export', folder: root, filesChecked, head: null, problems }
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
