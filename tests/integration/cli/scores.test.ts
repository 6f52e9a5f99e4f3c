import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Sample } from '../../../contract/samples.ts'
import type { Evaluation, ScoringOutcome } from '../../../contract/scores.ts'
import { runFlawsmith } from '../../helpers/run-flawsmith.ts'
import { temporaryFolder } from '../../helpers/temporary-folder.ts'
import { drawTexturedFolders } from '../../helpers/textured-classes.ts'

test(
  'candidates of a run are scored, evaluated, listed by what the gate says, and let through by name',
  { timeout: 300_000 },
  async () => {
    const folder = temporaryFolder()
    const project = join(folder, 'project')
    await drawTexturedFolders(join(folder, 'images'), { scratch: 40, pit: 40 })
    const run = async <Answer>(...args: readonly string[]): Promise<Answer> => {
      const result = await runFlawsmith([...args, '--json'], { dataFolder: join(folder, 'data') })
      expect(result.code, result.stderr).toBe(0)
      return result.json() as Answer
    }
    await run('init', project, '--size', '32', '--channels', '1')
    await run('import', project, join(folder, 'images'))
    // Nothing to score is said at once, not after the class networks have learned.
    const before = await runFlawsmith(['score', project], { dataFolder: join(folder, 'data') })
    expect(before).toMatchObject({ code: 0, stdout: expect.stringMatching(/has no candidates to score/) as string })
    expect(before.stderr).not.toContain('Learning')
    await run('train', project, '--recipe', 'procedural')
    await run('generate', project, '--run', '1', '--class', 'pit', '--count', '30')

    const list = async (...args: readonly string[]): Promise<readonly Sample[]> =>
      (await run<{ samples: readonly Sample[] }>('samples', project, ...args)).samples
    expect((await list()).every(({ scores }) => scores === null)).toBe(true)
    const { scored, gate } = await run<ScoringOutcome>(
      'score',
      project,
      '--run',
      '1',
      '--too-far',
      '0.5',
      '--disagreement',
      '0.5',
    )
    expect(scored).toBe(30)
    expect(gate).toMatchObject({ scored: 30, unscored: 0, shares: { copy: 0.01, tooFar: 0.5, disagreement: 0.5 } })
    const { figures } = await run<Evaluation>('evaluate', project, '--run', '1')
    expect(figures.find(({ name }) => name === 'coverage')).toMatchObject({ runId: 1, synthetic: 30, needed: 30 })

    // Limits that half of the real images would not keep.
    const held = await list('--state', 'quarantined', '--sort', 'randomDistance')
    const [nearest, ...others] = held
    expect(held.length).toBeGreaterThan(1)
    expect(held.length).toBe((await list()).filter(({ gate: reasons }) => reasons.length > 0).length)
    expect(held.every(({ gate: reasons }) => reasons.length > 0)).toBe(true)
    expect(
      others.every(
        ({ scores }) => (scores?.values.randomDistance ?? 0) >= (nearest?.scores?.values.randomDistance ?? Infinity),
      ),
    ).toBe(true)
    const pending = await list('--state', 'pending')
    expect(pending.length).toBe(30 - held.length)

    await run('review', project, '--by', 'Ann', '--release', `${nearest?.id ?? 0}`)
    expect((await list('--state', 'pending')).map(({ id }) => id)).toContain(nearest?.id)
    expect(await run('verify', project)).toMatchObject({ problems: [] })
  },
)
