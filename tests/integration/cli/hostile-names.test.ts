import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readManifest } from '../../../native-worker/project/export/manifest.ts'
import { drawClassFolders } from '../../helpers/class-folders.ts'
import type { CommandResult } from '../../helpers/run-flawsmith.ts'
import { runFlawsmith } from '../../helpers/run-flawsmith.ts'

const hostile = '=1+1 \u{1b}[2J\u{9b}31m\u{202e}gnp\nerror internal'
const shown = '=1+1 <U+001B>[2J<U+009B>31m<U+202E>gnp<U+000A>error internal'
/** As tables show it. */
const shortened = '=1+1 <U+001B>[2J<U+009B>…p<U+000A>error internal'
const steering = /\p{Bidi_Control}|(?!\n)\p{Cc}/u

describe('names that would steer a terminal or a spreadsheet', () => {
  let folder: string
  let project: string

  /** Without `--json`: as a person sees it. Nothing that any command prints steers the terminal. */
  const flawsmith = async (...args: readonly string[]): Promise<CommandResult> => {
    const result = await runFlawsmith(args, { dataFolder: join(folder, 'data') })
    expect(result.stdout).not.toMatch(steering)
    expect(result.stderr).not.toMatch(steering)
    return result
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'flawsmith-hostile-'))
    project = join(folder, 'project')
    await drawClassFolders(join(folder, 'images'), { good: 8, [hostile]: 5 })
    await flawsmith('init', project, '--size', '16', '--name', hostile)
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('are named wherever they are printed, and come back from the manifest as they are', async () => {
    expect((await flawsmith('import', project, join(folder, 'images'))).stdout).toContain(`${shortened}  5`)
    await flawsmith('train', project, '--recipe', 'procedural', '--class', hostile, '--steps', '1')
    await flawsmith('generate', project, '--run', '1', '--class', hostile, '--count', '2')
    const samples = (await flawsmith('samples', project)).stdout
    expect(samples).toContain(`  ${shortened}  pending`)
    await flawsmith('review', project, '--by', hostile, '--accept', '1')
    expect(
      (await flawsmith('train', project, '--recipe', 'procedural', '--class', '\u{1b}c', '--steps', '1')).stderr,
    ).toContain(`There is no class “<U+001B>c”. This project has: good, ${shown}.`)
    const out = join(folder, 'out')
    const exported = await flawsmith('export', project, '--out', out)
    expect(exported.stdout).toContain(`  ${shown} → =1+1 _[2J_31m_gnp_error internal`)
    const rows = readManifest(await readFile(join(out, 'manifest.csv'), 'utf8'))
    expect(rows.filter((row) => row.class === hostile)).toHaveLength(6)
    expect(rows.filter(({ inspector }) => inspector === hostile)).toHaveLength(1)
    await rm(join(out, 'train', '=1+1 _[2J_31m_gnp_error internal'), { recursive: true })
    expect((await flawsmith('verify', out)).code).toBe(1)
    await flawsmith('review', project, '--by', hostile)
    await flawsmith('runs', project)
    await flawsmith('runs', 'show', project, '1')
    const json = await flawsmith('samples', project, '--class', hostile, '--json')
    expect(json.json()).toMatchObject({ samples: [{ class: hostile }, { class: hostile }] })
  }, 180_000)
})
