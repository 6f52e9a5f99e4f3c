import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

const rememberMs = 24 * 60 * 60_000

interface Note {
  readonly what: string
  readonly at: number
  readonly reason: string
}

/**
 * Why `what` (a name with its version) failed within the last day, or null. A step that needs a network is then not
 * tried at every start; `FLAWSMITH_RETRY=1` tries again at once.
 */
export async function recentFailure(file: string, what: string): Promise<string | null> {
  if (process.env['FLAWSMITH_RETRY'] === '1') return null
  const note = await readNote(file)
  return note !== null && note.what === what && Date.now() - note.at < rememberMs ? note.reason : null
}

export async function rememberFailure(
  file: string,
  { what, reason }: { readonly what: string; readonly reason: string },
): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, JSON.stringify({ what, at: Date.now(), reason } satisfies Note))
}

export const forgetFailure = (file: string): Promise<void> => rm(file, { force: true })

async function readNote(file: string): Promise<Note | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Note
  } catch (thrown) {
    const isAbsent = (thrown as NodeJS.ErrnoException).code === 'ENOENT'
    if (isAbsent || thrown instanceof SyntaxError) return null
    throw thrown
  }
}
