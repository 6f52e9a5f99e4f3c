import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { UpliftResult } from '../../../contract/uplift.ts'
import { signed } from '../../../contract/uplift-verdict.ts'
import { databaseFile } from '../../../native-worker/files/project-paths.ts'
import { verdictSentence } from '../../../native-worker/project/uplift/verdict-sentence.ts'
import { connect } from '../../../native-worker/project/storage/connect.ts'
import { selectAll } from '../../../native-worker/project/storage/query.ts'
import { drawClassFolders } from '../../helpers/class-folders.ts'
import type { CommandResult } from '../../helpers/run-flawsmith.ts'
import { runFlawsmith, startFlawsmith } from '../../helpers/run-flawsmith.ts'
import { temporaryFolder } from '../../helpers/temporary-folder.ts'

const measuring = ['--quick', '--seeds', '5', '--arms', 'procedural', '--doses', '1', '--engine', 'wasm', '--json']

interface Cell {
  readonly key: string
  readonly measured_at: string
}

const wordsOf = (page: string): string =>
  page
    .replaceAll(/<style>.*?<\/style>/gs, ' ')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')

const imagesBelow = (folder: string): number =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.png')).length

test(
  'a verdict that was killed goes on with what it has; the report and the export give its figures, by number and by file',
  { timeout: 600_000 },
  async () => {
    const folder = temporaryFolder()
    const [project, dataFolder] = [join(folder, 'line'), join(folder, 'data')]
    const run = async (...args: readonly string[]): Promise<CommandResult> => {
      const result = await runFlawsmith(args, { dataFolder })
      expect(result.code, result.stderr).toBe(0)
      return result
    }
    await drawClassFolders(join(folder, 'images'), { good: 24, pit: 10 })
    await run('init', project, '--size', '16', '--channels', '1')
    await run('import', project, join(folder, 'images'))
    await run('train', project, '--recipe', 'procedural', '--engine', 'cpu')
    await run('generate', project, '--run', '1', '--class', 'pit', '--count', '14')
    await run('review', project, '--by', 'Ann', '--accept', Array.from({ length: 14 }, (_, id) => id + 1).join(','))

    const cells = (): readonly Cell[] => {
      const db = connect(databaseFile(project), { sqliteBinding: null, readonly: true })
      try {
        return selectAll<Cell>(db, 'SELECT key, measured_at FROM uplift_cells')
      } finally {
        db.close()
      }
    }
    const killed = startFlawsmith(['uplift', project, ...measuring], { dataFolder })
    onTestFinished(async () => {
      await killed.result
    })
    await expect.poll(() => cells().length, { timeout: 300_000, interval: 100 }).toBeGreaterThanOrEqual(3)
    killed.kill('SIGKILL')
    await killed.result
    const before = cells()
    expect((await run('uplift', project, '--show')).stdout).toContain(
      `A measurement was cut off after ${before.length} trainings; started again it goes on.`,
    )

    const result = (await run('uplift', project, ...measuring)).json() as UpliftResult
    expect(cells()).toEqual(expect.arrayContaining([...before]))
    expect(cells().length).toBeGreaterThan(before.length)
    const shown = (await run('uplift', project, '--show', '--json')).json()
    expect(shown).toEqual({ ...result, isStale: false, changed: [] })

    await run('report', project, '--out', join(folder, 'report'))
    const words = wordsOf(readFileSync(join(folder, 'report', 'report.html'), 'utf8'))
    expect(words).toContain(verdictSentence(result, 'en'))
    const [arm] = result.arms
    if (arm === undefined) throw new Error('no way was compared')
    const falseAlarms = arm.falseAlarms === null ? 'not measured' : `${arm.falseAlarms.toFixed(1)} %`
    expect(words).toContain(
      [
        ...[
          `${arm.dose}, mixed in`,
          String(arm.synthetic.reduce((sum, each) => sum + each, 0)),
          arm.macroF1.toFixed(1),
        ],
        ...[signed(arm.delta), signed(arm.low), '…', signed(arm.high)],
      ].join(' '),
    )
    expect(words).toContain(falseAlarms)
    for (const { nTest, referenceRecall, recall, delta, low, high } of result.verdict.perClass) {
      if (referenceRecall === null || recall === null || delta === null || low === null || high === null)
        throw new Error('every class has test images')
      expect(words).toContain(
        [referenceRecall, recall]
          .map((value) => value.toFixed(1))
          .concat([signed(delta), signed(low), '…', signed(high)])
          .join(' '),
      )
      expect(nTest).toBeGreaterThan(0)
    }
    expect(words).toContain(`${result.nTest} test images`)

    const out = join(folder, 'export')
    const exported = (await run('export', project, '--out', out, '--json')).json() as {
      readonly classes: Readonly<Record<string, { readonly real: number; readonly synthetic: number }>>
      readonly followed: { readonly way: unknown } | null
    }
    expect(exported.followed).toMatchObject({ way: result.verdict.recommended })
    const pits = result.classes.findIndex(({ name }) => name === 'pit')
    expect(exported.classes['pit']?.synthetic).toBe(result.verdict.recommended === null ? 0 : arm.synthetic[pits])
    const told = Object.values(exported.classes).reduce((sum, { real, synthetic }) => sum + real + synthetic, 0)
    expect(imagesBelow(out)).toBe(told)
  },
)
