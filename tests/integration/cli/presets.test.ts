import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunVerdict } from '../../../contract/run-verdict.ts'
import { drawClassFolders } from '../../helpers/class-folders.ts'
import type { CommandResult } from '../../helpers/run-flawsmith.ts'
import { runFlawsmith } from '../../helpers/run-flawsmith.ts'

/** A run as most people make it: a word for how long, and what the program says of it. */
describe('train with a preset', { timeout: 240_000 }, () => {
  let folder: string
  let project: string
  const flawsmith = (...args: readonly string[]): Promise<CommandResult> =>
    runFlawsmith([...args, '--json'], { dataFolder: join(folder, 'data') })

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'flawsmith-presets-'))
    project = join(folder, 'line')
    await drawClassFolders(join(folder, 'images'), { good: 30, scratch: 16 })
    expect((await flawsmith('init', project, '--size', '16')).code).toBe(0)
    expect((await flawsmith('import', project, join(folder, 'images'))).code).toBe(0)
  }, 240_000)
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('a quick look is the default recipe for 300 steps, and says first what that takes here', async () => {
    const run = await flawsmith('train', project, '--preset', 'quick', '--engine', 'wasm', '--seed', '1')
    expect(run.stderr).toMatch(/crgan, quick: 300 steps, about [\d.]+ minutes on this machine/)
    expect(run.stderr).toContain('What quality that gives was not measured at this size (16 px).')
    expect(run.json()).toMatchObject({ preset: 'quick', plannedSteps: 300, steps: 300, status: 'finished' })
    const { estimatedMinutes } = run.json() as { estimatedMinutes: number }
    expect(estimatedMinutes).toBeGreaterThan(0)
    const shown = (await flawsmith('runs', 'show', project, '1')).json() as { recipe: string; targetSteps: number }
    expect(shown).toMatchObject({ recipe: 'crgan', targetSteps: 300 })
    // Measured at its end at the latest, with what it is held against; never without a word on every class.
    interface Judged {
      readonly verdict: RunVerdict
    }
    const { verdict } = run.json() as Judged
    expect((shown as unknown as Judged).verdict).toEqual(verdict)
    expect(verdict.classes.map(({ className }) => className)).toEqual(['good', 'scratch'])
    for (const { likeness } of verdict.classes) {
      expect(likeness.images).toBeGreaterThanOrEqual(10)
      for (const figure of ['coverage', 'coverageFloor', 'distance', 'floor'] as const)
        expect(likeness[figure]).toBeTypeOf('number')
    }
  })

  it('generates for every class below its target at once, and says so where none is', async () => {
    const generate = (...more: readonly string[]) => flawsmith('generate', project, '--run', '1', ...more)
    const drawn = await generate('--below-target')
    const { classes, samples } = drawn.json() as {
      classes: readonly { className: string; count: number }[]
      samples: readonly number[]
    }
    expect(classes.map(({ className }) => className)).toEqual(['scratch'])
    expect(samples).toHaveLength(classes[0]?.count ?? 0)
    expect(samples.length).toBeGreaterThanOrEqual(16)
    const again = await generate('--below-target')
    expect(again.json()).toMatchObject({ error: { code: 'all_at_target' } })
    expect((await generate()).code).toBe(2)
    expect((await generate('--below-target', '--class', 'scratch')).code).toBe(2)
  })

  it('starts from nothing where that is asked for, and says which recipes have no base', async () => {
    const train = (recipe: string) =>
      flawsmith('train', project, '--recipe', recipe, '--steps', '1', '--engine', 'wasm', '--base', 'none')
    const { run } = (await train('crgan')).json() as { run: number }
    const shown = await flawsmith('runs', 'show', project, String(run))
    expect(shown.json()).toMatchObject({ parameters: { base: 'none' } })
    expect((await train('acgan')).json()).toMatchObject({ error: { code: 'parameter_out_of_range' } })
  })

  it('refuses a preset beside another limit, and for what composes without training', async () => {
    const twice = await flawsmith('train', project, '--preset', 'good', '--steps', '5')
    expect(twice).toMatchObject({ code: 2 })
    const composed = await flawsmith('train', project, '--recipe', 'procedural', '--preset', 'quick')
    expect(composed.code).toBe(2)
    expect(composed.stderr).toContain('procedural composes without training: leave --preset out')
  })
})
