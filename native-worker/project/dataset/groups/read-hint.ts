import { runInNewContext } from 'node:vm'
import { FlawsmithError } from '../../../../contract/errors.ts'
import type { GroupHint } from '../../../../contract/groups.ts'

export interface NamedImage {
  /** Relative to the folder of its import, with `/` between names. */
  readonly sourcePath: string
  readonly importId: number | null
}

/** An expression that takes longer over all names would not end: it came with a project, perhaps. */
const timeoutMs = 2000

/**
 * What the names of files say about the part, in the order of the images; null where they say nothing.
 * Throws `invalid_request` for a pattern that is no regular expression, has no parenthesis, or takes too long.
 */
export function readHint(images: readonly NamedImage[], hint: GroupHint): readonly (string | null)[] {
  return hint.kind === 'pattern' ? matchAll(images, hint.pattern) : followNumbers(images, hint.within)
}

function matchAll(images: readonly NamedImage[], pattern: string): readonly (string | null)[] {
  const refused = (why: string, cause?: unknown): FlawsmithError =>
    new FlawsmithError(
      'invalid_request',
      `The pattern “${pattern}” ${why}. Give a regular expression with one parenthesis around what names the part, such as part(\\d+).`,
      { pattern },
      { cause },
    )
  try {
    if (new RegExp(`${pattern}|`).exec('')?.length === 1) throw refused('has no parenthesis')
  } catch (thrown) {
    if (thrown instanceof FlawsmithError) throw thrown
    throw refused('is no regular expression', thrown)
  }
  const sandbox = { paths: images.map(({ sourcePath }) => sourcePath), pattern }
  try {
    return runInNewContext(
      `const expression = new RegExp(pattern, 'u'); paths.map((path) => expression.exec(path)?.[1] ?? null)`,
      sandbox,
      { timeout: timeoutMs },
    ) as (string | null)[]
  } catch (thrown) {
    const isTimeout = (thrown as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
    throw refused(isTimeout ? `takes longer than ${timeoutMs / 1000} seconds` : 'is no regular expression', thrown)
  }
}

/** Chains of numbers: each file's last one, in the folder in which it lies. */
function followNumbers(images: readonly NamedImage[], within: number): readonly (string | null)[] {
  const folders = new Map<string, { readonly index: number; readonly number: number }[]>()
  images.forEach(({ sourcePath, importId }, index) => {
    const slash = sourcePath.lastIndexOf('/')
    const digits = /(\d+)\D*$/.exec(sourcePath.slice(slash + 1).replace(/\.[^.]*$/, ''))?.[1]
    if (digits === undefined) return
    const folder = `${importId ?? ''} ${sourcePath.slice(0, Math.max(0, slash))}`
    const own = folders.get(folder)
    if (own === undefined) folders.set(folder, [{ index, number: Number(digits) }])
    else own.push({ index, number: Number(digits) })
  })
  const parts: (string | null)[] = images.map(() => null)
  for (const [folder, files] of folders) {
    files.sort((a, b) => a.number - b.number)
    let first = 0
    files.forEach(({ index, number }, place) => {
      const before = files[place - 1]
      if (before === undefined || number - before.number > within) first = number
      parts[index] = `${folder} ${first}`
    })
  }
  return parts
}
