import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ListedImage } from '../../../contract/dataset-images.ts'
import { drawClassFolders } from '../../helpers/class-folders.ts'
import type { CommandResult } from '../../helpers/run-flawsmith.ts'
import { runFlawsmith } from '../../helpers/run-flawsmith.ts'

describe('correcting a data set from the command line', () => {
  let folder: string
  let project: string
  const flawsmith = (...args: readonly string[]): Promise<CommandResult> =>
    runFlawsmith([...args, '--json'], { dataFolder: join(folder, 'data') })
  const counts = async (): Promise<Record<string, number>> => {
    const { classes } = (await flawsmith('classes', 'list', project)).json() as {
      classes: readonly { name: string; images: number }[]
    }
    return Object.fromEntries(classes.map(({ name, images }) => [name, images]))
  }
  const list = async (...args: readonly string[]): Promise<readonly ListedImage[]> =>
    ((await flawsmith('images', 'list', project, ...args)).json() as { images: readonly ListedImage[] }).images

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'flawsmith-cli-'))
    project = join(folder, 'line')
    await drawClassFolders(join(folder, 'images'), { good: 12, scratch: 8 })
    await flawsmith('init', project, '--size', '16', '--channels', '1')
    await flawsmith('import', project, join(folder, 'images'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('images are listed, moved, excluded and restored, by id and by path', async () => {
    const scratches = await list('--class', 'scratch', '--sort', 'name')
    expect(scratches).toHaveLength(8)
    const [first, second] = scratches
    const moved = await flawsmith(
      ...['images', 'relabel', project, String(first?.id), second?.sourcePath ?? '', '--class', 'good', '--by', 'Ann'],
    )
    expect(moved.json()).toMatchObject({ change: 1, images: 2 })
    expect(await counts()).toEqual({ good: 14, scratch: 6 })
    expect((await list('--search', second?.sourcePath ?? ''))[0]).toMatchObject({
      className: 'good',
      importedAs: 'scratch',
    })
    await flawsmith('images', 'exclude', project, String(first?.id), '--by', 'Ann')
    expect(await list('--state', 'excluded')).toMatchObject([{ id: first?.id, className: 'good' }])
    // Its folder brings it back neither as itself nor a second time.
    const again = await flawsmith('import', project, join(folder, 'images'))
    expect(again.json()).toMatchObject({
      imported: 0,
      duplicates: 19,
      skipped: expect.arrayContaining([
        { path: first?.sourcePath, reason: 'excluded_by_person', detail: first?.sourcePath },
      ]) as unknown,
    })
    const told = await runFlawsmith(['import', project, join(folder, 'images')], { dataFolder: join(folder, 'data') })
    expect(told.stdout).toMatch(
      /Excluded by a person: 1\n.*\n +excluded by a person; `flawsmith images restore` brings it/,
    )
    await flawsmith('images', 'restore', project, String(first?.id), '--by', 'Bob')
    const undone = await flawsmith('changes', 'undo', project, '1', '--by', 'Bob')
    expect(undone.code).toBe(0)
    expect(await counts()).toEqual({ good: 12, scratch: 8 })
    const unknown = await flawsmith('images', 'exclude', project, 'scratch/none.png', '--by', 'Ann')
    expect(unknown).toMatchObject({ code: 1 })
    expect(unknown.json()).toMatchObject({ error: { code: 'image_not_found', details: { path: 'scratch/none.png' } } })
  })

  it('a run keeps what it learned, and says what was excluded since; it draws a class under its new name', async () => {
    const run = await flawsmith('train', project, '--recipe', 'procedural', '--class', 'scratch', '--seed', '1')
    expect(run.json()).toMatchObject({ run: 1, status: 'finished' })
    await flawsmith('classes', 'rename', project, 'scratch', 'scratches', '--by', 'Ann')
    const drawn = await flawsmith('generate', project, '--run', '1', '--class', 'scratches', '--count', '2')
    expect(drawn.code).toBe(0)
    const [trained] = await list('--class', 'scratches', '--split', 'train')
    const excluded = await flawsmith('images', 'exclude', project, String(trained?.id), '--by', 'Ann')
    expect(excluded.json()).toMatchObject({ images: 1, learnedBy: [{ runId: 1, images: 1 }] })
    expect((await flawsmith('runs', 'show', project, '1')).json()).toMatchObject({ excludedSince: 1 })
    await flawsmith('images', 'restore', project, String(trained?.id), '--by', 'Ann')
    expect((await flawsmith('runs', 'show', project, '1')).json()).toMatchObject({ excludedSince: 0 })
  })

  it('a class that is left out cannot be trained, one of several can be chosen', async () => {
    await flawsmith('classes', 'leave-out', project, 'scratches', '--by', 'Ann')
    const refused = await flawsmith('train', project, '--recipe', 'procedural', '--classes', 'scratches')
    expect(refused.json()).toMatchObject({ error: { code: 'class_left_out' } })
    const without = await flawsmith('train', project, '--recipe', 'procedural', '--seed', '1')
    const { run } = without.json() as { run: number }
    expect((await flawsmith('runs', 'show', project, String(run))).json()).toMatchObject({ classNames: ['good'] })
    await flawsmith('classes', 'take-back', project, 'scratches', '--by', 'Ann')
    const renamed = await flawsmith('classes', 'rename', project, 'good', 'scratches', '--by', 'Ann')
    expect(renamed.json()).toMatchObject({ error: { code: 'class_exists' } })
  })

  it('an import is taken back, and the same folder can be imported again', async () => {
    const undone = await flawsmith('imports', 'undo', project, '1', '--by', 'Ann')
    expect(undone.json()).toMatchObject({
      images: 20,
      learnedBy: [
        { runId: 1, images: 6 },
        { runId: 2, images: 8 },
      ],
    })
    expect(await counts()).toEqual({})
    expect((await flawsmith('imports', 'list', project)).json()).toMatchObject({
      imports: [
        { id: 3, active: 0, excluded: 0 },
        { id: 2, active: 0, excluded: 0 },
        { id: 1, active: 0, excluded: 20 },
      ],
    })
    expect((await flawsmith('import', project, join(folder, 'images'))).json()).toMatchObject({ imported: 20 })
    expect((await flawsmith('imports', 'undo', project, '9', '--by', 'Ann')).json()).toMatchObject({
      error: { code: 'import_not_found' },
    })
    const { changes } = (await flawsmith('changes', 'list', project)).json() as {
      changes: readonly { kind: string }[]
    }
    expect(changes.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['relabel', 'exclude', 'restore', 'undo', 'rename', 'leave-out', 'undo-import']),
    )
    const verified = await flawsmith('verify', project)
    expect(verified.json()).toMatchObject({ problems: [] })
  })
})
