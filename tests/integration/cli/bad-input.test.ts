import { access, copyFile, mkdir, mkdtemp, readdir, rm, statfs, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { drawBadFolders, drawOddlyNamedFolders, oddNames } from '../../helpers/bad-folders.ts'
import { drawClassFolders } from '../../helpers/class-folders.ts'
import { canMount, mountReadOnly, mountSmallDisk } from '../../helpers/mounted-folder.ts'
import type { CommandResult } from '../../helpers/run-flawsmith.ts'
import { runFlawsmith, startFlawsmith } from '../../helpers/run-flawsmith.ts'

/** What a script meets when something is wrong: exit code 1, one JSON document with code and message, nothing half-done. */
describe('bad input on the command line', () => {
  let folder: string
  let project: string

  const flawsmith = (...args: readonly string[]): Promise<CommandResult> =>
    runFlawsmith([...args, '--json'], { dataFolder: join(folder, 'data') })

  async function expectFailure(code: string, ...args: readonly string[]): Promise<string> {
    const result = await flawsmith(...args)
    expect({ code: result.code, json: result.json() }).toEqual({
      code: 1,
      json: { error: { code, message: expect.stringMatching(/\S/) as string, details: expect.any(Object) as object } },
    })
    const { message } = (result.json() as { error: { message: string } }).error
    expect(result.stderr).toContain(`error ${code}: ${message}`)
    return message
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'flawsmith-bad-'))
    project = join(folder, `it's "mine" 项目 🔥`)
    await drawClassFolders(join(folder, 'images'), { good: 9, scratch: 4 })
    await flawsmith('init', project, '--size', '16')
    await flawsmith('import', project, join(folder, 'images'))
  })

  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('refuses a folder that is missing, a file, or has no class folders', async () => {
    expect(await expectFailure('folder_not_found', 'import', project, join(folder, 'nowhere'))).toContain('nowhere')
    await writeFile(join(folder, 'a file'), '')
    await expectFailure('folder_not_found', 'import', project, join(folder, 'a file'))
    const flat = join(folder, 'images', 'good')
    expect(await expectFailure('layout_ambiguous', 'import', project, flat)).toContain('--layout flat --root . --class')
    await mkdir(join(folder, 'nothing', 'in', 'it'), { recursive: true })
    await expectFailure('no_class_folders', 'import', project, join(folder, 'nothing'))
  })

  it('says that an import of marks took nothing, with what is wrong', async () => {
    const marks = join(folder, 'wrong marks')
    await mkdir(join(marks, 'scratch'), { recursive: true })
    await writeFile(join(marks, 'scratch', 'cut off.xml'), '<annotation><filename>s2.png')
    expect(await expectFailure('no_marks_taken', 'marks', 'import', project, marks)).toContain('cut off.xml')
  })

  it('takes no level that names no class', async () => {
    const images = join(folder, 'images')
    expect((await flawsmith('import', project, images, '--level', '0')).code).toBe(2)
    expect(await expectFailure('layout_ambiguous', 'import', project, images, '--level', '7')).toContain('level 7')
  })

  it('lists an image that several classes claim, which is in no split', async () => {
    const both = join(folder, 'claimed')
    await drawClassFolders(both, { dent: 3, pit: 3 })
    const [first = ''] = await readdir(join(both, 'dent'))
    await copyFile(join(both, 'dent', first), join(both, 'pit', 'the same.png'))
    const of = join(folder, 'claimed project')
    await flawsmith('init', of, '--size', '16')
    await flawsmith('import', of, both)
    const listed = await runFlawsmith(['images', 'list', of, '--state', 'excluded'], {
      dataFolder: join(folder, 'data'),
    })
    expect({ code: listed.code, stdout: listed.stdout }).toEqual({
      code: 0,
      stdout: expect.stringMatching(/dent +– +excluded/) as string,
    })
  })

  it('fails where no file is usable, and names the reasons; only duplicates is success', async () => {
    const bad = join(folder, 'all bad', 'scratch')
    await mkdir(bad, { recursive: true })
    await writeFile(join(bad, 'empty.png'), '')
    await writeFile(join(bad, 'text.png'), 'not an image')
    const result = await flawsmith('import', project, join(folder, 'all bad'))
    expect(result.code).toBe(1)
    expect(result.json()).toMatchObject({ error: { code: 'no_images_imported', details: { skipped: 2 } } })
    expect(result.stderr).toMatch(/Empty file: 1\n +scratch\/empty\.png/)
    expect(result.stderr).toMatch(/Not an image: 1\n +scratch\/text\.png/)

    const again = await flawsmith('import', project, join(folder, 'images'))
    expect(again.code).toBe(0)
    expect(again.json()).toMatchObject({ imported: 0, duplicates: 13, classes: { good: 9, scratch: 4 } })
  })

  it('lists every skipped file with its reason and imports the rest', async () => {
    const other = join(folder, 'other')
    await flawsmith('init', other, '--size', '16')
    const expected = await drawBadFolders(join(folder, 'bad', 'in here'))
    const imported = (await flawsmith('import', other, join(folder, 'bad', 'in here'))).json() as {
      imported: number
      skipped: { path: string; reason: string }[]
    }
    expect(imported.imported).toBe(2)
    expect(Object.fromEntries(imported.skipped.map(({ path, reason }) => [path, reason]))).toEqual(expected)
  })

  it('refuses a folder that can be read in several ways, with the commands that say which', async () => {
    const wrapped = join(folder, 'wrapped')
    await drawClassFolders(join(wrapped, 'data 2'), { pit: 2, scratch: 2 })
    expect(await expectFailure('layout_ambiguous', 'import', project, wrapped)).toContain("--root 'data 2'")
    const told = await runFlawsmith(['import', project, wrapped], { dataFolder: join(folder, 'data') })
    expect(told.code).toBe(1)
    expect(told.stderr).toContain('pit (2), scratch (2): 4 images')
    expect(told.stderr).toContain(`import ${project} ${wrapped} --layout classes --root 'data 2'`)
    const other = join(folder, 'said which')
    await flawsmith('init', other, '--size', '16')
    const imported = await flawsmith('import', other, wrapped, '--layout', 'classes', '--root', 'data 2')
    expect(imported.json()).toMatchObject({ classes: { pit: 2, scratch: 2 }, layout: 'classes', root: 'data 2' })
  })

  it('takes names with spaces, quotes, Chinese, emoji and 200 characters through to a verified export', async () => {
    const named = join(folder, 'named')
    await flawsmith('init', named, '--size', '16')
    await drawOddlyNamedFolders(join(folder, 'odd names'))
    const imported = await flawsmith('import', named, join(folder, 'odd names'))
    expect(imported.json()).toMatchObject({
      imported: 10,
      classes: Object.fromEntries(oddNames.map((name) => [name, 2])),
    })
    const out = join(folder, `export "${oddNames[2]}" 🔥`)
    const exported = await flawsmith('export', named, '--out', out)
    expect(exported.code).toBe(0)
    expect(await readdir(join(out, 'train'))).toContain('划痕 表面')
    expect((await flawsmith('verify', out)).json()).toMatchObject({ problems: [] })
  })

  it('says in a sentence which value a field does not take, and which it does', async () => {
    const by = ['--by', 'Ann']
    for (const [sentence, ...args] of [
      [
        'The image size is 33; it can be a whole number from 16 to 512, a multiple of 4.',
        'resize',
        '--size',
        '33',
        ...by,
      ],
      [
        'The number of images of a class is 0; it can be a whole number from 1 to 1000000, or “max”, “none” or “recommended”.',
        ...['export', '--target', '0', '--out', join(folder, 'none')],
      ],
    ] as const) {
      const [verb, ...options] = args
      expect(await expectFailure('invalid_request', verb, project, ...options)).toBe(sentence)
    }
    for (const [name, says] of [
      ['', 'The name is empty; it can have from 1 to 255 characters.'],
      ['x'.repeat(600), /^The name has 600 characters \(“x{40}…”\); it can have from 1 to 255 characters\.$/],
    ] as const)
      expect(await expectFailure('invalid_request', 'classes', 'rename', project, 'scratch', name, ...by)).toMatch(says)
  })

  it('refuses unknown classes, runs and samples, and names what there is', async () => {
    const unknown = ['--recipe', 'dcgan-96', '--class', 'rust', '--steps', '1', '--engine', 'wasm']
    expect(await expectFailure('class_not_found', 'train', project, ...unknown)).toContain('good, scratch')
    await expectFailure('run_not_found', 'generate', project, '--run', '99', '--class', 'good', '--count', '1')
    await expectFailure('run_not_found', 'runs', 'show', project, '99')
    await expectFailure('run_not_found', 'train', project, '--resume', '99')
    await expectFailure('sample_not_found', 'review', project, '--by', 'Ann', '--accept', '12345')
  })

  it('refuses to generate before the first checkpoint', async () => {
    const training = startFlawsmith(
      ['train', project, '--recipe', 'acgan', '--steps', '1000', '--engine', 'wasm', '--json'],
      { dataFolder: join(folder, 'data') },
    )
    // Recorded, and killed before the trainer can have written anything.
    await vi.waitFor(() => access(join(project, 'runs', '1')), { timeout: 30_000, interval: 5 })
    training.kill('SIGKILL')
    await training.result
    const [run] = (await flawsmith('runs', project)).json() as { id: number; checkpointStep: number | null }[]
    if (run === undefined || run.checkpointStep !== null)
      throw new Error(`killed too late or too early: ${JSON.stringify(run)}`)
    const args = ['--run', String(run.id), '--class', 'good', '--count', '1']
    expect(await expectFailure('run_has_no_checkpoint', 'generate', project, ...args)).toContain('no checkpoint yet')
    await expectFailure('run_has_no_checkpoint', 'train', project, '--resume', String(run.id))
  })

  it('never writes into an existing export folder, nor into a file', async () => {
    const taken = join(folder, 'taken')
    await mkdir(taken)
    await expectFailure('export_target_exists', 'export', project, '--out', taken)
    expect(await readdir(taken)).toEqual([])
    await expectFailure('export_target_exists', 'export', project, '--out', join(folder, 'a file'))
  })

  it.skipIf(!canMount)('refuses a disk that is too small before writing (needs root to mount one)', async () => {
    const disk = join(folder, 'small disk')
    onTestFinished(mountSmallDisk(disk, { sizeBytes: 64 * 1024 }))
    expect(await expectFailure('disk_space_low', 'export', project, '--out', join(disk, 'balanced'))).toContain(disk)
    expect(await readdir(disk)).toEqual([])
  })

  it.skipIf(!canMount)(
    'a disk without room for an import or a new project is named (needs root to mount one)',
    async () => {
      const disk = join(folder, 'full disk')
      onTestFinished(mountSmallDisk(disk, { sizeBytes: 2 ** 20 }))
      const full = join(disk, 'project')
      expect((await flawsmith('init', full, '--size', '16')).code).toBe(0)
      const { bavail, bsize } = await statfs(disk)
      await writeFile(join(disk, 'ballast'), Buffer.alloc(bavail * bsize - 200 * 1024))
      const many = join(folder, 'many')
      await drawClassFolders(many, { good: 100 })
      const imported = await flawsmith('import', full, many)
      // Looked at before anything is written.
      expect(imported.json()).toMatchObject({ error: { code: 'disk_space_low' } })
      expect(imported.code).toBe(1)
      const second = await flawsmith('init', join(disk, 'second'), '--size', '16')
      expect(second.json()).toMatchObject({ error: { code: 'disk_full' } })
    },
  )

  it.skipIf(!canMount)('a read-only project is for looking, a read-only target refused (needs root)', async () => {
    const sealed = join(folder, 'sealed')
    onTestFinished(mountReadOnly(project, sealed))
    const looked = await flawsmith('runs', sealed)
    expect({ code: looked.code, runs: looked.json() }).toEqual({ code: 0, runs: expect.any(Array) as unknown })
    expect(looked.stderr).toContain('is opened for looking only: its folder cannot be written to')
    expect(await expectFailure('project_read_only', 'import', sealed, join(folder, 'images'))).toContain(sealed)
    const exported = await flawsmith('export', sealed, '--out', join(folder, 'from sealed'))
    expect(exported.json()).toMatchObject({ isRecorded: false })
    expect(exported.stderr).toContain('not on record')
    expect((await flawsmith('verify', join(folder, 'from sealed'))).code).toBe(0)
    expect((await flawsmith('verify', sealed)).code).toBe(0)
    const plain = join(folder, 'plain')
    await mkdir(plain)
    const target = join(folder, 'sealed target')
    onTestFinished(mountReadOnly(plain, target))
    await expectFailure('folder_not_writable', 'init', join(target, 'new'))
    await expectFailure('folder_not_writable', 'export', project, '--out', join(target, 'balanced'))
  })

  it('refuses folders that are no projects, databases of others, and verifies neither', async () => {
    const foreign = join(folder, 'foreign')
    await mkdir(foreign)
    await writeFile(join(foreign, 'flawsmith.sqlite'), 'this is no database, whatever its name says')
    await expectFailure('project_corrupt', 'runs', foreign)
    await expectFailure('project_not_found', 'runs', join(folder, 'images'))
    await expectFailure('folder_not_empty', 'init', join(folder, 'images'))
    expect((await flawsmith('verify', join(folder, 'images'))).code).toBe(1)
  })
})
