import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LocalClient } from '../ports/local-client.ts'
import type { Service } from '../service.ts'
import { projectIn, smokeParts } from './smoke-parts.ts'

interface SmokeTestOptions {
  /** An unused folder for project, pictures and export, which are kept; null takes a temporary one and removes it. */
  readonly keepIn: string | null
  /** A line for each part as soon as it has worked: name, milliseconds, what was seen; a last one for a part that has not. */
  readonly onLine: (line: string) => void
}

/** A whole small job in this installation, from an empty database to a verified export. False once a part fails. */
export async function smokeTest(service: Service, { keepIn, onLine }: SmokeTestOptions): Promise<boolean> {
  const folder = keepIn ?? (await mkdtemp(join(tmpdir(), 'flawsmith-smoke-')))
  const client = new LocalClient({ service, signal: new AbortController().signal, onProgress: () => undefined })
  try {
    for (const [name, work] of Object.entries(smokeParts)) {
      const startedAt = performance.now()
      const seen = await work({ client, folder }).catch((cause: unknown) => {
        throw new Error(`${name} does not work`, { cause })
      })
      onLine(`${name}: ${Math.round(performance.now() - startedAt)} ms, ${seen}`)
    }
    return true
  } catch (thrown) {
    const { message, cause } = thrown as Error
    onLine(`${message}: ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}`)
    return false
  } finally {
    await client.request('projects.close', {})
    if (keepIn === null) {
      await client.request('projects.forget', { folder: projectIn(folder) })
      await rm(folder, { recursive: true, force: true })
    }
  }
}
