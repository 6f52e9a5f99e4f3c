import { execFileSync } from 'node:child_process'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Metric } from '../../../contract/training.ts'
import { drawClassFolders } from '../../helpers/class-folders.ts'
import type { CommandResult } from '../../helpers/run-flawsmith.ts'
import { runFlawsmith, startFlawsmith } from '../../helpers/run-flawsmith.ts'

/** The whole job as a script does it: each step is its own process, as on a user's machine. */
describe('the command line, from class folders to balanced class folders', () => {
  let folder: string
  let project: string

  const flawsmith = (...args: readonly string[]): Promise<CommandResult> =>
    runFlawsmith([...args, '--json'], { dataFolder: join(folder, 'data') })

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'flawsmith-cli-'))
    project = join(folder, 'my project 项目')
    await drawClassFolders(join(folder, 'images'), { good: 12, scratch: 5 })
    await writeFile(join(folder, 'images', 'scratch', 'broken.png'), 'not an image')
  })

  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('init makes a project and refuses to make it twice', async () => {
    const first = await flawsmith('init', project, '--size', '16', '--channels', '1')
    expect(first.code).toBe(0)
    expect(first.json()).toMatchObject({ folder: project, size: 16, channels: 1, imageCount: 0 })
    const second = await flawsmith('init', project)
    expect(second.code).toBe(1)
    expect(second.json()).toMatchObject({ error: { code: 'project_exists' } })
  })

  it('import counts images, duplicates and skipped files', async () => {
    const imported = await flawsmith('import', project, join(folder, 'images'), '--fit', 'crop')
    expect(imported.code).toBe(0)
    expect(imported.json()).toMatchObject({
      imported: 17,
      duplicates: 0,
      skipped: [expect.objectContaining({ path: 'scratch/broken.png', reason: 'not_an_image' })],
      classes: { good: 12, scratch: 5 },
      splits: { train: 11, val: 3, test: 3 },
      layout: 'classes',
      root: '',
      depth: null,
    })
  })

  it('estimate measures steps and says what a run would take', async () => {
    const args = ['estimate', project, '--recipe', 'acgan', '--engine', 'wasm', '--param', 'batch=4'] as const
    const estimated = await flawsmith(...args, '--steps', '600')
    expect(estimated.code).toBe(0)
    expect(estimated.json()).toMatchObject({
      kind: 'measured',
      recipe: 'acgan',
      engine: 'wasm',
      steps: 600,
      memory: { fits: true },
    })
    const { stepMs, seconds, peakMemoryBytes } = estimated.json() as Record<string, number>
    expect(stepMs).toBeGreaterThan(0)
    expect(seconds).toBeCloseTo(0.6 * (stepMs ?? 0), 6)
    expect(peakMemoryBytes).toBeGreaterThan(50e6)

    const table = await runFlawsmith(['estimate', project, '--recipe', 'procedural'], {
      dataFolder: join(folder, 'data'),
    })
    expect(table.stdout).toContain('without training')
    expect((await flawsmith(...args)).code).toBe(2)
    expect((await flawsmith(...args, '--steps', '5', '--param', 'batch=1')).json()).toMatchObject({
      error: { code: 'parameter_out_of_range' },
    })
  })

  it('train gives the run, its speed and its last metrics', async () => {
    const trained = await flawsmith(
      'train',
      project,
      '--recipe',
      'acgan',
      '--steps',
      '6',
      '--seed',
      '1',
      '--engine',
      'wasm',
    )
    expect(trained.stderr).not.toContain('error')
    expect(trained.json()).toMatchObject({ run: 1, steps: 6, engine: 'wasm', status: 'finished' })
    const { seconds, stepsPerSecond, lastMetrics } = trained.json() as {
      seconds: number
      stepsPerSecond: number
      lastMetrics: readonly Metric[]
    }
    expect(seconds).toBeGreaterThan(0)
    expect(stepsPerSecond).toBeGreaterThan(0)
    expect(lastMetrics.map(({ name }) => name)).toContain('dLoss')
    expect(lastMetrics.every(({ value }) => Number.isFinite(value))).toBe(true)
  })

  it('runs and snapshots show what was recorded', async () => {
    expect((await flawsmith('runs', project)).json()).toMatchObject([
      { id: 1, recipe: 'acgan', status: 'finished', step: 6 },
    ])
    const shown = (await flawsmith('runs', 'show', project, '1')).json()
    expect(shown).toMatchObject({ seed: 1, classNames: ['good', 'scratch'], datasetSize: 11, checkpointStep: 6 })
    const snapshots = (await flawsmith('snapshots', project, '1')).json() as { step: number; rows: number }[]
    expect(snapshots.at(-1)).toMatchObject({ step: 6, rows: 2 })
  })

  it('generate, review, export and verify give balanced folders', async () => {
    const generated = await flawsmith(
      'generate',
      project,
      '--run',
      '1',
      '--class',
      'scratch',
      '--count',
      '9',
      '--seed',
      '4',
    )
    const { samples } = generated.json() as { samples: number[] }
    expect(samples).toHaveLength(9)
    const [rejected, spare, ...accepted] = samples.map(String)
    const args = ['--by', 'Ann', '--accept', ...accepted, '--reject', rejected ?? '', '--reason', 'artefact'] as const
    expect((await flawsmith('review', project, ...args)).json()).toMatchObject({ accepted: 7, rejected: 1 })
    expect((await flawsmith('samples', project, '--state', 'pending')).json()).toMatchObject({
      samples: [{ id: Number(spare), state: 'pending' }],
    })

    expect((await flawsmith('review', project, '--by', 'Ann', '--undo')).json()).toMatchObject({
      undone: {
        decision: { action: 'reject', by: 'Ann', sampleIds: [Number(rejected)] },
        samples: [{ state: 'pending' }],
      },
    })
    expect((await flawsmith('review', project, '--by', 'Ann', '--reject', rejected ?? '')).json()).toMatchObject({
      rejected: 1,
    })

    // Good trains on 8 of 12, scratch on 3 of 5: the run has locked it so.
    const splits = await flawsmith('splits', 'show', project)
    expect(splits.json()).toMatchObject({
      classes: { good: { train: 8, val: 2, test: 2 }, scratch: { train: 3, val: 1, test: 1 } },
      lockedByRun: 1,
    })
    expect((await flawsmith('splits', 'draw', project)).json()).toMatchObject({ error: { code: 'splits_locked' } })

    const out = join(folder, 'balanced')
    const exported = await flawsmith('export', project, '--out', out, '--layout', 'imagefolder', '--target', 'max')
    expect(exported.json()).toEqual({
      out,
      classes: { good: { real: 12, synthetic: 0 }, scratch: { real: 5, synthetic: 5 } },
      changedNames: [],
      absent: [],
      missing: [],
      ...{ otherSize: 0, undivided: 0, pretraining: 0, followed: null },
      crossing: { groups: 0, images: 0, isLocked: true },
      isRecorded: true,
    })
    expect(execFileSync('sha256sum', ['--check', '--quiet', 'SHA256SUMS'], { cwd: out }).toString()).toBe('')
    const trainFiles = await readdir(join(out, 'train', 'scratch'))
    expect(trainFiles.filter((name) => name.includes('synthetic'))).toHaveLength(5)
    for (const split of ['val', 'test']) {
      const names = await readdir(join(out, split, 'scratch'))
      expect(names.filter((name) => name.includes('synthetic'))).toEqual([])
    }

    const short = await runFlawsmith(['export', project, '--out', join(folder, 'short'), '--target', '10'], {
      dataFolder: join(folder, 'data'),
    })
    expect(short.stdout).toMatch(/good trains on 8 of 10: 2 more accepted samples are wanted/)
    expect(short.stdout).not.toMatch(/scratch trains on/)
    expect((await flawsmith('export', project, '--out', out)).json()).toMatchObject({
      error: { code: 'export_target_exists' },
    })
    expect((await flawsmith('verify', out)).json()).toMatchObject({ kind: 'export', problems: [] })
    const { head } = (await flawsmith('verify', project)).json() as { head: { length: number; hash: string } }
    expect(head.length).toBeGreaterThan(0)
    const kept = ['--head', head.hash.slice(0, 16), '--length'] as const
    expect((await flawsmith('verify', project, ...kept, String(head.length))).json()).toMatchObject({
      kind: 'project',
      problems: [],
    })
    expect((await flawsmith('verify', out, '--project', project)).json()).toMatchObject({
      kind: 'export',
      problems: [],
    })
    const other = await flawsmith('verify', project, ...kept, '1')
    expect(other.code).toBe(1)
    expect(other.stderr).toContain('has been rewritten since')
    expect((await flawsmith('verify', project, '--head', head.hash)).code).toBe(2)
    expect((await flawsmith('verify', project, '--head', 'paper', '--length', '1')).code).toBe(2)
    await writeFile(join(out, 'train', 'scratch', trainFiles[0] ?? ''), 'tampered')
    expect((await flawsmith('verify', out)).code).toBe(1)
  })

  it('the same seed on the same engine gives the same image', async () => {
    await flawsmith('train', project, '--recipe', 'acgan', '--steps', '6', '--seed', '1', '--engine', 'wasm')
    await flawsmith('generate', project, '--run', '2', '--class', 'scratch', '--count', '2', '--seed', '4')
    const { samples } = (await flawsmith('samples', project, '--class', 'scratch')).json() as {
      samples: { runId: number; seed: number; sha256: string }[]
    }
    const hashes = (runId: number): string[] =>
      samples.filter((sample) => sample.runId === runId && [4, 5].includes(sample.seed)).map(({ sha256 }) => sha256)
    expect(hashes(1)).toHaveLength(2)
    expect(hashes(2)).toEqual(hashes(1))
  })

  it('a project that is open elsewhere is refused, and free again after a kill', async () => {
    const training = startFlawsmith(
      ['train', project, '--recipe', 'acgan', '--minutes', '5', '--engine', 'wasm', '--seed', '3'],
      {
        dataFolder: join(folder, 'data'),
      },
    )
    await training.sawLine(/^step \d+/m)
    expect((await flawsmith('runs', project)).json()).toMatchObject({ error: { code: 'project_in_use' } })
    training.kill('SIGKILL')
    await training.result
    expect((await flawsmith('runs', project)).json()).toMatchObject([{ id: 3, status: 'interrupted' }, {}, {}])
    expect((await flawsmith('verify', project)).json()).toMatchObject({ problems: [] })
  })

  it('Ctrl-C stops with a checkpoint, from which the run is resumed', async () => {
    const training = startFlawsmith(
      ['train', project, '--recipe', 'acgan', '--steps', '100000', '--engine', 'wasm', '--seed', '3', '--json'],
      {
        dataFolder: join(folder, 'data'),
      },
    )
    await training.sawLine(/^step \d+/m)
    training.kill('SIGINT')
    const stopped = (await training.result).json() as { run: number; steps: number; status: string }
    expect(stopped).toMatchObject({ run: 4, status: 'stopped' })
    const resumed = await flawsmith('train', project, '--resume', '4', '--steps', String(stopped.steps + 3))
    expect(resumed.json()).toMatchObject({ run: 4, steps: stopped.steps + 3, status: 'finished' })
  })

  it('what composes without training needs no length, and has nothing to resume', async () => {
    const composed = await flawsmith('train', project, '--recipe', 'procedural', '--engine', 'wasm')
    expect(composed.json()).toMatchObject({ run: 5, steps: 0, lastMetrics: [], status: 'finished' })
    expect((await flawsmith('train', project, '--resume', '5', '--steps', '9')).json()).toMatchObject({
      error: { code: 'run_not_resumable' },
    })
  })

  it('wrong usage exits with 2, expected failures with 1 and a code', async () => {
    expect((await flawsmith('train', project, '--recipe', 'acgan')).code).toBe(2)
    expect((await flawsmith('train', project, '--recipe', 'nonsense', '--steps', '1')).code).toBe(2)
    expect((await flawsmith('nonsense')).code).toBe(2)
    const noClass = await flawsmith('train', project, '--recipe', 'dcgan-96', '--steps', '1')
    expect(noClass.code).toBe(1)
    const noProject = await flawsmith('runs', join(folder, 'nowhere'))
    expect(noProject.code).toBe(1)
    expect(noProject.json()).toMatchObject({ error: { code: 'project_not_found' } })
  })
})
