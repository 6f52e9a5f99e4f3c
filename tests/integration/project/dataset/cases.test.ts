import { cpSync, mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ImportReport } from '../../../../contract/dataset.ts'
import { FlawsmithError } from '../../../../contract/errors.ts'
import { importFolder } from '../../../../native-worker/project/dataset/import-folder.ts'
import { proposeForFolder } from '../../../../native-worker/project/dataset/layouts/propose-for-folder.ts'
import { settleLabelConflict } from '../../../../native-worker/project/dataset/changes/settle-label-conflict.ts'
import { excludeImages, restoreImages } from '../../../../native-worker/project/dataset/changes/change-images.ts'
import { undoChanges } from '../../../../native-worker/project/dataset/changes/undo-changes.ts'
import { undoImport } from '../../../../native-worker/project/dataset/changes/undo-import.ts'
import type { Project } from '../../../../native-worker/project/open-project.ts'
import { listLabelConflicts } from '../../../../native-worker/project/storage/label-claims.ts'
import { verifyProject } from '../../../../native-worker/project/verify-project.ts'
import type { ImageId } from '../../../../contract/ids.ts'
import { selectAll } from '../../../../native-worker/project/storage/query.ts'
import { errorCodeOf } from '../../../helpers/error-code.ts'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'
import { testImagesClient } from '../../../helpers/test-images-client.ts'
import { testProject } from '../../../helpers/test-project.ts'

const caseFolder = (name: string): string => new URL(`../../../fixtures/cases/${name}/src`, import.meta.url).pathname

/** A copy that may be changed. */
function copyOf(name: string): string {
  const folder = join(temporaryFolder(), name)
  cpSync(caseFolder(name), folder, { recursive: true })
  return folder
}

const importInto = (
  project: Project,
  folder: string,
  more: Partial<Parameters<typeof importFolder>[0]> = {},
): Promise<ImportReport> => importFolder({ project, folder, fit: 'crop', images: testImagesClient(), ...more })

const importCase = (name: string): Promise<ImportReport> => importInto(testProject(), caseFolder(name))

const reasons = ({ skipped }: ImportReport) => Object.fromEntries(skipped.map(({ path, reason }) => [path, reason]))

describe('folders as people have them', () => {
  test('one folder too much: the classes inside it', async () => {
    expect(await importCase('wrapper')).toMatchObject({
      classes: { dent: 4, ok: 4, scratch: 4 },
      reading: { layout: 'classes', root: 'defects_v2' },
    })
  })

  test('train, validation and inspection are no classes', async () => {
    expect(await importCase('castings-inspection')).toMatchObject({
      imported: 24,
      classes: { defective: 12, normal: 12 },
      splits: { train: 8, val: 8, test: 8 },
      reading: { layout: 'splits' },
    })
  })

  test('given splits stay as they are', async () => {
    const project = testProject()
    expect(await importInto(project, caseFolder('presplit'))).toMatchObject({
      classes: { ok: 20, scratch: 20 },
      splits: { train: 20, val: 8, test: 12 },
    })
    const astray = selectAll<{ path: string; split: string }>(
      project.db,
      'SELECT source_path AS path, split FROM images',
    ).filter(({ path, split }) => !path.startsWith(split))
    expect(astray).toEqual([])
    expect((await importInto(testProject(), caseFolder('presplit'), { ignoreSplits: true })).splits).not.toEqual({
      train: 20,
      val: 8,
      test: 12,
    })
  })

  test('MVTec AD: defects are classes, masks are no images, something is left to learn from', async () => {
    const project = testProject()
    const report = await importInto(project, caseFolder('mvtec'))
    expect(report).toMatchObject({
      imported: 22,
      classes: { good: 10, broken_large: 4, broken_small: 4, contamination: 4 },
      reading: {
        layout: 'mvtec',
        masks: 12,
        remarks: [{ kind: 'drawn_anew', classes: ['broken_large', 'broken_small', 'contamination'] }],
      },
    })
    const learned = selectAll<{ name: string; images: number }>(
      project.db,
      `SELECT c.name, COUNT(*) AS images FROM images i JOIN classes c ON c.id = i.class_id
       WHERE i.split = 'train' GROUP BY c.name ORDER BY c.name`,
    )
    expect(learned.map(({ name }) => name)).toEqual(['broken_large', 'broken_small', 'contamination', 'good'])
    expect(learned.at(-1)?.images).toBe(6)
  })

  test('what storage boxes and file managers leave', async () => {
    const report = await importCase('nas-junk')
    expect(report).toMatchObject({ imported: 8, classes: { ok: 4, scratch: 4 }, skipped: [] })
    expect(report.reading?.ignored.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['#recycle', '#snapshot', '@Recycle', '__MACOSX', 'lost+found', 'ok/@eaDir', 'ok/.thumb']),
    )
  })

  test('images in no class folder are listed, and the table beside them is named', async () => {
    const report = await importCase('loose-root')
    expect(report).toMatchObject({
      imported: 6,
      classes: { ok: 3, scratch: 3 },
      reading: { remarks: [{ kind: 'table', path: 'labels.csv' }] },
    })
    expect(Object.values(reasons(report))).toEqual(Array.from({ length: 5 }, () => 'no_class_folder'))
  })

  test('empty classes are said', async () => {
    const folder = copyOf('empty-class')
    // Git keeps no empty folders.
    mkdirSync(join(folder, 'crack'), { recursive: true })
    const report = await importInto(testProject(), folder)
    expect(report).toMatchObject({ imported: 12, reading: { emptyClasses: ['crack', 'dent'] } })
    expect(reasons(report)).toEqual({ 'dent/readme.txt': 'not_an_image' })
  })

  test('numbers, a dash and other scripts as class names', async () => {
    const { classes } = await importCase('numeric-classes')
    expect(classes).toEqual({ '1': 6, '2': 6, '10': 6, '-scratch': 6, キズ: 6 })
  })

  test('long strips: said what is lost, and different files are no duplicates of each other', async () => {
    const report = await importCase('panorama-crop')
    expect(report).toMatchObject({
      imported: 5,
      duplicates: 0,
      classes: { dent: 2, ok: 1, scratch: 2 },
      reading: { cutDown: { images: 5, share: 0.98 } },
    })
    const kept = await importInto(testProject(), caseFolder('panorama-crop'), { fit: 'letterbox' })
    expect(kept).toMatchObject({ imported: 5, reading: { cutDown: null } })
  })

  test('folders of links out of the folder are refused, or followed where asked for', async () => {
    const pool = new URL('../../../fixtures/cases/symlink-curated/pool', import.meta.url).pathname
    const folder = join(temporaryFolder(), 'curated')
    for (const [name, numbers] of [
      ['ok', [0, 1, 2]],
      ['scratch', [3, 4, 5]],
    ] as const) {
      mkdirSync(join(folder, name), { recursive: true })
      for (const number of numbers) symlinkSync(join(pool, `${number}.png`), join(folder, name, `${number}.png`))
    }
    await expect(importInto(testProject(), folder)).rejects.toMatchObject({
      code: 'no_class_folders',
      details: { linksOutside: 6 },
    })
    symlinkSync(folder, join(folder, 'ok', 'round'))
    expect(await importInto(testProject(), folder, { followLinks: true })).toMatchObject({
      imported: 6,
      classes: { ok: 3, scratch: 3 },
      skipped: [],
    })
  })

  test('a class moved to another folder and imported again stays, and that is said', async () => {
    const project = testProject()
    const folder = copyOf('relabel')
    await importInto(project, folder)
    renameSync(join(folder, 'scratch', '3.png'), join(folder, 'stain', 'from scratch.png'))
    const report = await importInto(project, folder)
    expect(report.skipped.filter(({ reason }) => reason === 'duplicate_in_other_class')).toEqual([
      { path: 'stain/from scratch.png', reason: 'duplicate_in_other_class', detail: 'scratch: scratch/3.png' },
    ])
  })
})

describe('an image that was excluded', () => {
  const records = ({ db }: Project) =>
    selectAll<{ id: ImageId; path: string; state: string }>(
      db,
      'SELECT id, source_path AS path, state FROM images ORDER BY id',
    )
  const excludedByPerson = ({ skipped }: ImportReport) =>
    skipped.filter(({ reason }) => reason === 'excluded_by_person').map(({ path, detail }) => [path, detail])
  const by = 'Ann'

  test('by a person stays so when its folder comes again, under another name and as another class, until it is restored', async () => {
    const project = testProject()
    const { db } = project
    const folder = copyOf('relabel')
    await importInto(project, folder)
    const before = records(project)
    const id = before.find(({ path }) => path === 'scratch/3.png')?.id as ImageId
    const { batch } = excludeImages(db, { ids: [id], by })
    renameSync(join(folder, 'scratch', '3.png'), join(folder, 'stain', 'moved.png'))
    for (let round = 0; round < 2; round++) {
      const again = await importInto(project, folder)
      expect(again).toMatchObject({ imported: 0, duplicates: before.length - 1 })
      expect(excludedByPerson(again)).toEqual([['stain/moved.png', 'scratch/3.png']])
    }
    expect(records(project)).toHaveLength(before.length)
    // Taken back, put back and taken back: what stands at the end counts.
    const restored = restoreImages(db, { ids: [id], by })
    undoChanges(db, { batch: restored.batch ?? 0, by })
    expect(excludedByPerson(await importInto(project, folder))).toHaveLength(1)
    undoChanges(db, { batch: batch ?? 0, by })
    expect(records(project)).toEqual(before)
    expect((await importInto(project, folder)).skipped.map(({ reason }) => reason)).not.toContain('excluded_by_person')
    expect((await verifyProject({ project })).problems).toEqual([])
  })

  test('by the undoing of its import comes again, but for what a person had excluded by hand', async () => {
    const project = testProject()
    const folder = copyOf('relabel')
    await importInto(project, folder)
    const [first] = records(project)
    excludeImages(project.db, { ids: [first?.id as ImageId], by })
    undoImport(project.db, { importId: 1, by })
    const again = await importInto(project, folder)
    expect(again.imported).toBe(7)
    expect(excludedByPerson(again)).toEqual([[first?.path, first?.path]])
  })

  test('since its class is open makes no second record, and stays excluded once a person leaves it out', async () => {
    const project = testProject()
    await importInto(project, caseFolder('label-conflict'))
    const before = records(project)
    const [conflict] = listLabelConflicts(project.db)
    await importInto(project, caseFolder('label-conflict'))
    settleLabelConflict(project.db, { imageId: conflict?.imageId as ImageId, className: null, by })
    const again = await importInto(project, caseFolder('label-conflict'))
    expect(excludedByPerson(again)).toHaveLength(2)
    expect(records(project)).toEqual(before)
  })
})

describe('the same file in the folders of two classes', () => {
  const imageOf = (project: Project, path: string) =>
    selectAll<{ id: ImageId; name: string; state: string }>(
      project.db,
      'SELECT i.id, c.name, i.state FROM images i JOIN classes c ON c.id = i.class_id WHERE i.source_path = :path',
      { path },
    )[0]

  test('of one import: in neither, until somebody says which, also when the folder comes again', async () => {
    const project = testProject()
    const report = await importInto(project, caseFolder('label-conflict'))
    const twins = report.skipped.filter(({ reason }) => reason === 'label_conflict')
    expect(twins.map(({ path }) => path.split('/')[0]).sort()).toEqual(['inclusion', 'patches'])
    expect(report.imported + twins.length).toBe(7)
    expect(Object.values(report.classes).reduce((sum, count) => sum + count, 0)).toBe(report.imported)
    const [conflict, ...others] = listLabelConflicts(project.db)
    expect(others).toEqual([])
    expect(conflict).toMatchObject({ className: 'inclusion', state: 'excluded', claims: [{ className: 'patches' }] })
    const again = await importInto(project, caseFolder('label-conflict'))
    expect(again).toMatchObject({ imported: 0 })
    expect(again.skipped.filter(({ reason }) => reason === 'label_conflict')).toHaveLength(2)
    expect(listLabelConflicts(project.db)).toEqual([conflict])

    settleLabelConflict(project.db, { imageId: conflict?.imageId as ImageId, className: 'patches', by: 'Ann' })
    expect(imageOf(project, conflict?.path ?? '')).toMatchObject({ name: 'patches', state: 'active' })
    expect(listLabelConflicts(project.db)).toEqual([])
    expect((await importInto(project, caseFolder('label-conflict'))).skipped.map(({ reason }) => reason)).not.toContain(
      'label_conflict',
    )
    expect((await verifyProject({ project })).problems).toEqual([])
    expect(() =>
      settleLabelConflict(project.db, { imageId: conflict?.imageId as ImageId, className: null, by: 'Ann' }),
    ).toThrow(/image_not_found|No folders disagree/)
  })

  test('of two imports: the older label stands until somebody says otherwise', async () => {
    const project = testProject()
    const folder = copyOf('relabel')
    await importInto(project, folder)
    renameSync(join(folder, 'scratch', '3.png'), join(folder, 'stain', 'from scratch.png'))
    await importInto(project, folder)
    const [conflict] = listLabelConflicts(project.db)
    expect(conflict).toMatchObject({
      ...{ className: 'scratch', path: 'scratch/3.png', state: 'active' },
      claims: [{ className: 'stain', path: 'stain/from scratch.png' }],
    })
    settleLabelConflict(project.db, { imageId: conflict?.imageId as ImageId, className: 'stain', by: 'Ann' })
    expect(imageOf(project, 'scratch/3.png')).toMatchObject({ name: 'stain', state: 'active' })
    // The label that was decided on and the one it came with are no conflict any more.
    expect((await importInto(project, folder)).skipped.map(({ reason }) => reason)).not.toContain(
      'duplicate_in_other_class',
    )
  })

  test('after an import was undone its files come again, under other classes', async () => {
    const project = testProject()
    const folder = copyOf('relabel')
    await importInto(project, folder)
    undoImport(project.db, { importId: 1, by: 'Ann' })
    renameSync(join(folder, 'scratch'), join(folder, 'pit'))
    expect(await importInto(project, folder)).toMatchObject({ imported: 8, skipped: [] })
    expect(listLabelConflicts(project.db)).toEqual([])
  })
})

describe('a folder that can be read in several ways', () => {
  const twoWays = (): string => {
    const folder = join(temporaryFolder(), 'two ways')
    cpSync(join(caseFolder('wrapper'), 'defects_v2'), join(folder, 'v 2'), { recursive: true })
    renameSync(join(folder, 'v 2', 'ok'), join(folder, 'v 2', 'pit'))
    return folder
  }

  test('is refused with what it could be and the options that say so', async () => {
    const folder = twoWays()
    const refusal = (await importInto(testProject(), folder).catch((thrown: unknown) => thrown)) as FlawsmithError
    expect(refusal).toBeInstanceOf(FlawsmithError)
    expect(refusal.code).toBe('layout_ambiguous')
    expect(refusal.details['proposals']).toMatchObject([
      { layout: 'classes', root: 'v 2', certainty: 'possible', images: 12, options: "--layout classes --root 'v 2'" },
      { layout: 'classes', root: '', certainty: 'possible', images: 12, options: '--layout classes --root .' },
      { layout: 'flat', root: '', certainty: 'unlikely', options: '--layout flat --root . --class <name>' },
    ])
    expect(refusal.message).toContain("--layout classes --root 'v 2'")
  })

  test('is read as asked', async () => {
    const folder = twoWays()
    expect(await importInto(testProject(), folder, { layout: 'classes', root: 'v 2' })).toMatchObject({
      classes: { dent: 4, pit: 4, scratch: 4 },
    })
    expect(await importInto(testProject(), folder, { layout: 'classes', root: '.' })).toMatchObject({
      classes: { 'v 2': 12 },
    })
    expect(await importInto(testProject(), folder, { layout: 'flat', className: 'all' })).toMatchObject({
      classes: { all: 12 },
    })
    expect(
      await importInto(testProject(), folder, { layout: 'classes', root: 'v 2', leaveOut: ['pit'] }),
    ).toMatchObject({ classes: { dent: 4, scratch: 4 }, reading: { leftOut: ['pit'] } })
    expect(await errorCodeOf(() => importInto(testProject(), folder, { layout: 'mvtec' }))).toBe('layout_not_found')
    expect(await errorCodeOf(() => importInto(testProject(), folder, { root: '../elsewhere' }))).toBe(
      'folder_not_found',
    )
    expect(await errorCodeOf(() => importInto(testProject(), folder, { layout: 'flat' }))).toBe('layout_ambiguous')
  })

  test('an answer that was shown is what is imported', async () => {
    for (const name of ['wrapper', 'presplit', 'mvtec', 'nas-junk', 'loose-root', 'castings-inspection']) {
      const { proposals } = await proposeForFolder(caseFolder(name), {})
      for (const { layout, root, level, classes, images } of proposals) {
        const report = await importInto(testProject(), caseFolder(name), {
          ...{ layout, root, level },
          ...(layout === 'flat' ? { className: 'all' } : {}),
        })
        expect(report.imported + report.duplicates, `${name} as ${layout}`).toBe(images)
        expect(report.reading).toMatchObject({ layout, root })
        if (layout !== 'flat' && report.duplicates === 0)
          expect(report.classes).toEqual(
            Object.fromEntries(classes.filter((each) => each.images > 0).map((each) => [each.name, each.images])),
          )
      }
    }
  }, 120_000)
})

test('a folder under the root of a project is no data set for it', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'notes.txt'), 'nothing here')
  expect(await errorCodeOf(() => importInto(testProject(), folder))).toBe('no_class_folders')
})
