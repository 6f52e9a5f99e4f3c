import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { isCutOff } from '../../../../contract/dataset-images.ts'
import { listImports } from '../../../../native-worker/project/storage/list-imports.ts'
import type { ImportReport } from '../../../../contract/dataset.ts'
import { createProject } from '../../../../native-worker/project/create-project.ts'
import { createSampleProject, sampleClasses } from '../../../../native-worker/project/dataset/create-sample-project.ts'
import { importFolder } from '../../../../native-worker/project/dataset/import-folder.ts'
import type { Project } from '../../../../native-worker/project/open-project.ts'
import { openProject } from '../../../../native-worker/project/open-project.ts'
import { verifyProject } from '../../../../native-worker/project/verify-project.ts'
import { getClassByName, listClasses, summarizeDataset } from '../../../../native-worker/project/storage/classes.ts'
import { listImages } from '../../../../native-worker/project/storage/images.ts'
import { lastImportReport } from '../../../../native-worker/project/storage/imports.ts'
import { distinctPng, pixelBomb } from '../../../helpers/test-pictures.ts'
import { errorCodeOf } from '../../../helpers/error-code.ts'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'
import { imagesChildEntry, testImagesClient } from '../../../helpers/test-images-client.ts'
import { selectAll } from '../../../../native-worker/project/storage/query.ts'
import { drawSplitsAnew } from '../../../../native-worker/project/storage/splits.ts'
import { testProject } from '../../../helpers/test-project.ts'

async function writeTree(paths: readonly string[], root = temporaryFolder()): Promise<string> {
  for (const path of paths) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), await distinctPng())
  }
  return root
}

const importInto = (project: Project, folder: string, more: Partial<Parameters<typeof importFolder>[0]> = {}) =>
  importFolder({ project, folder, fit: 'crop', images: testImagesClient(), ...more })

const sidesOf = ({ db }: Project): Readonly<Record<string, string>> =>
  Object.fromEntries(
    selectAll<{ path: string; split: string }>(db, 'SELECT source_path AS path, split FROM images').map(
      ({ path, split }) => [path, split],
    ),
  )

const reasons = (report: ImportReport) => Object.fromEntries(report.skipped.map(({ path, reason }) => [path, reason]))

describe('class folders', () => {
  test('first-level folders are classes; deeper files belong to them; hidden files and clutter do not count', async () => {
    const folder = await writeTree([
      'pit/10.png',
      'pit/9.png',
      'pit/shift 2/a.png',
      'scratch/x.png',
      '.git/x.png',
      'pit/.hidden.png',
      'pit/Thumbs.db',
      'loose.png',
    ])
    const project = testProject()
    const report = await importInto(project, folder)
    expect(report).toMatchObject({
      folder,
      imported: 4,
      duplicates: 0,
      skipped: [{ path: 'loose.png', reason: 'no_class_folder' }],
      reading: { layout: 'classes', root: '', level: 1, ignored: [{ path: '.git', reason: 'hidden', images: null }] },
      depth: null,
      manyPages: [],
      classes: { pit: 3, scratch: 1 },
      splits: { train: 3, val: 0, test: 1 },
    })
    expect(lastImportReport(project.db)).toEqual(report)
    const { items, total } = listImages(project.db, {
      classId: getClassByName(project.db, 'pit').id,
      offset: 0,
      limit: 10,
    })
    expect(items.map((image) => image.sourcePath)).toEqual(['pit/9.png', 'pit/10.png', 'pit/shift 2/a.png'])
    expect(total).toBe(3)
    expect(summarizeDataset(project.db)).toMatchObject({ images: 4, imbalanceRatio: 2 })
    expect(project.describe()).toMatchObject({ classCount: 2, imageCount: 4 })
  })

  test('splits that come with the images are kept', async () => {
    const folder = await writeTree(['train/pit/a.png', 'train/good/b.png', 'val/pit/c.png', 'test/good/d.png'])
    const project = testProject()
    const report = await importInto(project, folder)
    expect(report).toMatchObject({ classes: { good: 2, pit: 2 }, splits: { train: 2, val: 1, test: 1 } })
    expect(sidesOf(project)).toEqual({
      'train/pit/a.png': 'train',
      'train/good/b.png': 'train',
      'val/pit/c.png': 'val',
      'test/good/d.png': 'test',
    })
    expect(drawSplitsAnew(project.db, { shares: { val: 0.5, test: 0.3 }, seed: 9 }).given).toBe(4)
    expect(sidesOf(project)['test/good/d.png']).toBe('test')

    const inspection = await writeTree([
      'train/normal/a.png',
      'train/defective/e.png',
      'validation/normal/b.png',
      'inspection/normal/c.png',
      'inspection/defective/d.png',
    ])
    expect(await importInto(testProject(), inspection)).toMatchObject({
      classes: { normal: 3, defective: 2 },
      splits: { train: 2, val: 1, test: 2 },
    })
    const single = await writeTree(['Train/pit/a.png'])
    expect((await importInto(testProject(), single)).classes).toEqual({ pit: 1 })
    const namedTest = await writeTree(['test/a.png', 'pit/b.png'])
    expect((await importInto(testProject(), namedTest)).classes).toEqual({ pit: 1, test: 1 })
  })

  test('names with spaces, quotes, Chinese, emoji and 200 characters', async () => {
    const long = 'n'.repeat(200)
    const names = ['two words', `it's "quoted"`, '划痕', '🔩 bolt', long, 'back\\slash', '-rf', '%2e%2e', 'a\nb']
    const folder = await writeTree(names.map((name) => `${name}/${name}.png`))
    const { classes, skipped } = await importInto(testProject(), folder)
    expect(skipped).toEqual([])
    expect(new Set(Object.keys(classes))).toEqual(new Set(names))
  })

  test('one class whether its name was typed on Linux or on a Mac', async () => {
    const folder = await writeTree(['Gießgrat é/a.png'.normalize('NFC'), 'Gießgrat é/b.png'.normalize('NFD')])
    expect((await importInto(testProject(), folder)).classes).toEqual({ ['Gießgrat é'.normalize('NFC')]: 2 })
  })

  test('folders that cannot be class folders', async () => {
    const project = testProject()
    const images = await writeTree(['a.png', 'b.png'])
    mkdirSync(join(images, 'empty'))
    expect(await errorCodeOf(() => importInto(project, images))).toBe('layout_ambiguous')
    expect(await errorCodeOf(() => importInto(project, temporaryFolder()))).toBe('no_class_folders')
    expect(await errorCodeOf(() => importInto(project, join(images, 'gone')))).toBe('folder_not_found')
    expect(await errorCodeOf(() => importInto(project, join(images, 'a.png')))).toBe('folder_not_found')
  })

  test('links stay inside the folder and end when they go round', async () => {
    const outside = await writeTree(['secret.png'])
    const folder = await writeTree(['pit/a.png', 'good/b.png'])
    symlinkSync(join(outside, 'secret.png'), join(folder, 'pit', 'out.png'))
    symlinkSync(outside, join(folder, 'stolen'))
    symlinkSync(join(folder, 'good', 'b.png'), join(folder, 'pit', 'again.png'))
    symlinkSync(folder, join(folder, 'pit', 'round'))
    symlinkSync(join(folder, 'pit'), join(folder, 'pit', 'self'))
    symlinkSync(join(folder, 'nowhere'), join(folder, 'pit', 'broken.png'))
    const report = await importInto(testProject(), folder)
    expect(report.classes).toEqual({ good: 0, pit: 1 })
    expect(reasons(report)).toEqual({
      stolen: 'symlink_outside',
      'good/b.png': 'label_conflict',
      'pit/out.png': 'symlink_outside',
      'pit/broken.png': 'unreadable',
      'pit/again.png': 'label_conflict',
    })
  })

  test('a folder and a file this user may not read', async () => {
    const folder = await writeTree(['pit/a.png', 'pit/locked.png', 'good/b.png', 'closed/c.png'])
    execFileSync('chmod', ['000', join(folder, 'pit/locked.png'), join(folder, 'closed')])
    const project = testProject()
    const isRoot = process.geteuid?.() === 0
    try {
      // Permissions do not bind root: read as nobody.
      if (isRoot) {
        execFileSync('chmod', ['-R', 'a+rwX', dirname(project.folder)])
        execFileSync('chmod', ['755', folder])
        execFileSync('chmod', ['000', join(folder, 'pit/locked.png'), join(folder, 'closed')])
        process.seteuid?.(65534)
      }
      const report = await importInto(project, folder)
      expect(report.classes).toEqual({ good: 1, pit: 1 })
      expect(reasons(report)).toEqual({ closed: 'unreadable', 'pit/locked.png': 'unreadable' })
    } finally {
      if (isRoot) process.seteuid?.(0)
      execFileSync('chmod', ['-R', 'a+rwX', folder])
    }
  })
})

describe('bad files', () => {
  test('are listed with reasons beside the good ones', async () => {
    const folder = await writeTree(['pit/good.png', 'pit/really-a-png.jpg'])
    const good = readFileSync(join(folder, 'pit/good.png'))
    writeFileSync(join(folder, 'pit/empty.png'), '')
    writeFileSync(join(folder, 'pit/cut.png'), good.subarray(0, good.length - 30))
    writeFileSync(join(folder, 'pit/notes.txt'), 'seen on line 3')
    writeFileSync(join(folder, 'pit/bomb.png'), pixelBomb())
    writeFileSync(join(folder, 'pit/same.png'), good)
    mkdirSync(join(folder, 'stain'))
    writeFileSync(join(folder, 'stain/same too.png'), good)
    execFileSync('mkfifo', [join(folder, 'pit/pipe.png')])
    const report = await importInto(testProject(), folder)
    expect(report).toMatchObject({ imported: 1, duplicates: 1, classes: { pit: 1 } })
    expect(reasons(report)).toEqual({
      'pit/empty.png': 'empty_file',
      'pit/cut.png': 'corrupt',
      'pit/notes.txt': 'not_an_image',
      'pit/bomb.png': 'too_many_pixels',
      'pit/pipe.png': 'unreadable',
      'pit/same.png': 'duplicate',
      'pit/good.png': 'label_conflict',
      'stain/same too.png': 'label_conflict',
    })
    expect(report.skipped.find(({ path }) => path === 'pit/same.png')?.detail).toBe('pit/good.png')
    expect(report.skipped.find(({ path }) => path === 'stain/same too.png')?.detail).toBe('pit: pit/good.png')
  })

  test('a file on which the reader dies is skipped and its neighbours are not', async () => {
    const folder = await writeTree(Array.from({ length: 12 }, (_, i) => `pit/${i}.png`))
    writeFileSync(join(folder, 'pit/5-killer.png'), 'x')
    // The real child, with a decoder bug simulated where requests arrive.
    const entry = join(temporaryFolder(), 'child.ts')
    writeFileSync(
      entry,
      `process.prependListener('message', (m) => {
        if (m.files?.some((file) => file.endsWith('killer.png'))) process.kill(process.pid, 'SIGSEGV')
      })
      await import(${JSON.stringify(imagesChildEntry)})`,
    )
    const report = await importInto(testProject(), folder, { images: testImagesClient({ entry }) })
    expect(report).toMatchObject({ imported: 12, classes: { pit: 12 } })
    expect(report.skipped).toMatchObject([{ path: 'pit/5-killer.png', reason: 'corrupt' }])
  })
})

describe('coming back', () => {
  test('importing the same folder again changes nothing; new files are added', async () => {
    const project = testProject()
    const folder = await writeTree(['pit/a.png', 'pit/b.png', 'good/c.png'])
    await importInto(project, folder)
    await writeTree(['good/d.png'], folder)
    expect(await importInto(project, folder)).toMatchObject({
      imported: 1,
      duplicates: 3,
      classes: { good: 2, pit: 2 },
    })
  })

  test('a cancelled import keeps what it recorded, sound and ready to go on', async () => {
    const project = testProject()
    const folder = await writeTree(Array.from({ length: 700 }, (_, i) => `pit/${i}.png`))
    const abort = new AbortController()
    const onProgress = (done: number): void => {
      if (done > 0) abort.abort()
    }
    const refusal = await importInto(project, folder, { signal: abort.signal, onProgress }).catch(
      (thrown: unknown) => thrown,
    )
    const kept = summarizeDataset(project.db).images
    expect(refusal).toMatchObject({ code: 'cancelled', details: { import: 1, imported: kept, done: kept, files: 700 } })
    expect(String(refusal)).toContain(`after ${kept} of 700 files: ${kept} imported images stay`)
    expect(kept).toBeGreaterThan(0)
    expect(kept).toBeLessThan(700)
    // As somebody wanted it: nothing has to be said of it later.
    const [listed] = listImports(project.db, { isImporting: false })
    expect(listed).toMatchObject({ state: 'cancelled', files: 700, filesDone: kept })
    expect(listed === undefined || isCutOff(listed)).toBe(false)
    expect((await verifyProject({ project })).problems).toEqual([])
    const again = await importInto(project, folder)
    expect(again.imported + again.duplicates).toBe(700)
    expect(again).toMatchObject({ duplicates: kept, classes: { pit: 700 } })
  }, 60_000)

  test('a killed import leaves no row without its file, and goes on', async () => {
    const source = await writeTree(Array.from({ length: 900 }, (_, i) => `${i % 2 === 0 ? 'pit' : 'good'}/${i}.png`))
    const folder = join(temporaryFolder(), 'project')
    createProject({ folder, size: 32, channels: 1, sqliteBinding: null })
    const module = (path: string) => JSON.stringify(new URL(`../../../../native-worker/${path}`, import.meta.url).href)
    const script = `
      const { openProject } = await import(${module('project/open-project.ts')})
      const { importFolder } = await import(${module('project/dataset/import-folder.ts')})
      const { createImagesClient } = await import(${module('service/children/images-client.ts')})
      const images = createImagesClient({ node: process.execPath, entry: ${JSON.stringify(imagesChildEntry)} })
      const project = openProject(${JSON.stringify(folder)}, { sqliteBinding: null })
      await importFolder({ project, folder: ${JSON.stringify(source)}, fit: 'crop', images,
        onProgress: (done) => { if (done > 0) console.log(done) } })`
    const importer = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [what] = (await Promise.race([once(importer.stdout, 'data'), once(importer, 'exit')])) as readonly unknown[]
    expect(what, 'the importer ended before it imported anything').toBeInstanceOf(Buffer)
    importer.kill('SIGKILL')
    await once(importer, 'exit')

    const project = openProject(folder, { sqliteBinding: null })
    const after = summarizeDataset(project.db).images
    expect(after).toBeGreaterThan(0)
    const { problems } = await verifyProject({ project })
    expect(problems.filter(({ kind }) => kind !== 'unrecorded_file')).toEqual([])
    const report = await importInto(project, source)
    expect(report).toMatchObject({ imported: 900 - after, duplicates: after, classes: { good: 450, pit: 450 } })
    expect((await verifyProject({ project })).problems).toEqual([])
    project.close()
  }, 60_000)

  test('a project can be copied and opened elsewhere', async () => {
    const project = testProject()
    await importInto(project, await writeTree(['pit/a.png']))
    project.close()
    const copy = join(temporaryFolder(), '副本')
    cpSync(project.folder, copy, { recursive: true })
    rmSync(project.folder, { recursive: true })
    const opened = openProject(copy, { sqliteBinding: null })
    expect(await verifyProject({ project: opened })).toMatchObject({ filesChecked: 2, problems: [] })
    expect(opened.describe()).toMatchObject({ folder: copy, imageCount: 1 })
    opened.close()
  })
})

test('the sample project', async () => {
  const folder = join(temporaryFolder(), 'sample')
  const project = await createSampleProject({ folder, images: testImagesClient(), sqliteBinding: null })
  expect(Object.fromEntries(listClasses(project.db).map(({ name, images }) => [name, images]))).toEqual(sampleClasses)
  expect(project.describe()).toMatchObject({ isSample: true, size: 64, channels: 1, imageCount: 368 })
  project.close()
})
