import { execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import type { SampleId } from '../../../../contract/ids.ts'
import { createProject } from '../../../../native-worker/project/create-project.ts'
import { ExportJson } from '../../../../native-worker/project/export/export-json.ts'
import { readManifest } from '../../../../native-worker/project/export/manifest.ts'
import { planExport } from '../../../../native-worker/project/export/plan-export.ts'
import { verifyExport } from '../../../../native-worker/project/export/verify-export.ts'
import { writeExport } from '../../../../native-worker/project/export/write-export.ts'
import { importFolder } from '../../../../native-worker/project/dataset/import-folder.ts'
import type { Project } from '../../../../native-worker/project/open-project.ts'
import { chainHead } from '../../../../native-worker/project/record/chain-head.ts'
import { decide } from '../../../../native-worker/project/review/decide.ts'
import { listExports } from '../../../../native-worker/project/storage/exports.ts'
import { imagePath } from '../../../../contract/image-path.ts'
import { getClassByName } from '../../../../native-worker/project/storage/classes.ts'
import { selectAll } from '../../../../native-worker/project/storage/query.ts'
import { drawSplitsAnew } from '../../../../native-worker/project/storage/splits.ts'
import { listTrainingImages } from '../../../../native-worker/project/storage/images.ts'
import { errorCodeOf } from '../../../helpers/error-code.ts'
import { distinctPng } from '../../../helpers/test-pictures.ts'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'
import { testImagesClient } from '../../../helpers/test-images-client.ts'
import { testProject } from '../../../helpers/test-project.ts'
import { testSamples } from '../../../helpers/test-samples.ts'

const wish = { layout: 'imagefolder', target: 'max' } as const

async function filledProject(classes: Readonly<Record<string, number>>): Promise<Project> {
  const project = testProject()
  const source = join(temporaryFolder(), '来源')
  for (const [name, count] of Object.entries(classes)) {
    mkdirSync(join(source, name), { recursive: true })
    for (let i = 0; i < count; i++) writeFileSync(join(source, name, `${i}.png`), await distinctPng())
  }
  await importFolder({ project, folder: source, fit: 'crop', images: testImagesClient() })
  drawSplitsAnew(project.db, { shares: { val: 0.1, test: 0.1 }, seed: 1 })
  return project
}

const exportTo = (project: Project, folder: string, more: Partial<Parameters<typeof writeExport>[0]> = {}) =>
  writeExport({
    ...{ project, folder, ...wish, images: testImagesClient(), viewsFolder: temporaryFolder() },
    ...more,
  })

const filesIn = (folder: string): string[] =>
  execFileSync('find', ['.', '-type', 'f', '-printf', '%P\\n'], { cwd: folder, encoding: 'utf8' })
    .trim()
    .split('\n')
    .sort()

const firstPicture = (project: Project): string => {
  const sha256 = listTrainingImages(project.db, getClassByName(project.db, 'good').id)[0]
  if (sha256 === undefined) throw new Error('no picture')
  return join(project.imagesFolder, imagePath(sha256))
}

test('balanced folders with sums, manifest and report', async () => {
  const project = await filledProject({ good: 20, '孔洞 "a∕b"': 8, 'CON?': 3 })
  const name = '孔洞 "a∕b"'
  const ids = await testSamples(project, { className: name, count: 15 })
  decide(project, { sampleIds: ids.slice(0, 14), action: 'accept', by: 'Ann <b>' })
  decide(project, { sampleIds: ids.slice(14), action: 'reject', reason: 'copy', by: 'Ann <b>' })

  const plan = planExport(project, wish)
  expect(plan).toMatchObject({
    target: 16,
    files: 41,
    classes: [
      { name: 'good', real: 20, synthetic: 0, missing: 0, splits: { train: 16, val: 2, test: 2 } },
      { name, real: 8, accepted: 14, synthetic: 10, missing: 0, splits: { train: 16, val: 1, test: 1 } },
      { name: 'CON?', real: 3, synthetic: 0, missing: 14, splits: { train: 2, val: 0, test: 1 } },
    ],
  })
  const out = join(temporaryFolder(), 'deep', 'out')
  const progress: number[] = []
  const result = await exportTo(project, out, { onProgress: (done) => progress.push(done) })
  expect(result).toEqual({
    out,
    files: 41,
    absent: [{ name: 'CON?', splits: ['val'] }],
    missing: [{ name: 'CON?', trains: 2, target: 16, missing: 14 }],
    ...{ otherSize: 0, undivided: 0, pretraining: 0, followed: null },
    isRecorded: true,
    classes: {
      good: { real: 20, synthetic: 0 },
      [name]: { real: 8, synthetic: 10 },
      'CON?': { real: 3, synthetic: 0 },
    },
    changedNames: [
      { name, folder: '孔洞 _a∕b_' },
      { name: 'CON?', folder: 'CON_' },
    ],
    unfinishedBeside: [],
  })
  expect(progress.at(-1)).toBe(41)
  expect(listExports(project.db)).toMatchObject([{ out, files: 41 }])

  const files = filesIn(out)
  expect(files).toContain('SHA256SUMS')
  expect(files).toContain('train/CON_/CON__00003.png')
  const synthetic = files.filter((path) => path.includes('_synthetic_r1_'))
  expect(synthetic).toHaveLength(10)
  expect(synthetic.every((path) => path.startsWith('train/孔洞 _a∕b_/孔洞 _a∕b__synthetic_r1_'))).toBe(true)
  execFileSync('sha256sum', ['--strict', '-c', 'SHA256SUMS'], { cwd: out, stdio: 'pipe' })
  expect(await verifyExport({ folder: out })).toMatchObject({ kind: 'export', filesChecked: 47, problems: [] })

  const manifest = readFileSync(join(out, 'manifest.csv'), 'utf8').trim().split('\r\n')
  expect(manifest).toHaveLength(42)
  expect(manifest.filter((row) => row.includes(',synthetic,') && row.includes(',acgan,'))).toHaveLength(10)
  expect(manifest.filter((row) => row.includes(',real,') && row.includes('来源/'))).toHaveLength(31)
  const report = readFileSync(join(out, 'report.html'), 'utf8')
  expect(report).toContain('Ann &lt;b&gt;')
  expect(report).not.toMatch(/<script|https?:|Ann <b>/)
  expect(readdirSync(dirname(out))).toEqual(['out'])
})

test('the same project exports the same bytes again; a number as target', async () => {
  const project = await filledProject({ good: 12, pit: 4 })
  const ids = await testSamples(project, { className: 'pit', count: 9 })
  decide(project, { sampleIds: ids, action: 'accept', by: 'Ann' })
  const folder = temporaryFolder()
  const classes = await Promise.all(
    ['a', 'b'].map(async (name) => (await exportTo(project, join(folder, name), { target: 10 })).classes),
  )
  expect(classes[0]).toEqual({ good: { real: 12, synthetic: 0 }, pit: { real: 4, synthetic: 7 } })
  const sums = ['a', 'b'].map((name) =>
    readFileSync(join(folder, name, 'SHA256SUMS'), 'utf8').replaceAll(/.*(report\.html|export\.json)\n/g, ''),
  )
  expect(sums[1]).toBe(sums[0])
})

test('what is refused', async () => {
  const folder = temporaryFolder()
  const project = await filledProject({ good: 3 })
  expect(await errorCodeOf(() => exportTo(project, folder))).toBe('export_target_exists')
  expect(await errorCodeOf(() => exportTo(testProject(), join(folder, 'empty')))).toBe('export_nothing')
  writeFileSync(join(folder, 'file'), '')
  expect(await errorCodeOf(() => exportTo(project, join(folder, 'file', 'out')))).toBe('folder_not_writable')
  expect(readdirSync(folder)).toEqual(['file'])
})

test.each([
  ['missing', (file: string) => rmSync(file)],
  ['shortened', (file: string) => writeFileSync(file, readFileSync(file).subarray(0, 60))],
])('a %s picture stops the export and leaves nothing', async (_, spoil) => {
  const project = await filledProject({ good: 5, pit: 5 })
  spoil(firstPicture(project))
  const folder = temporaryFolder()
  expect(await errorCodeOf(() => exportTo(project, join(folder, 'out')))).toBe('image_missing')
  expect(readdirSync(folder)).toEqual([])
  expect(listExports(project.db)).toEqual([])
})

test('a cancelled export leaves nothing', async () => {
  const project = await filledProject({ good: 40 })
  const folder = temporaryFolder()
  const abort = new AbortController()
  abort.abort()
  expect(await errorCodeOf(() => exportTo(project, join(folder, 'out'), { signal: abort.signal }))).toBe('cancelled')
  expect(readdirSync(folder)).toEqual([])
})

test('what a killed export left is removed; what nobody can be sure about is named', async () => {
  const project = await filledProject({ good: 3 })
  const folder = temporaryFolder()
  const script = `
    import { beginUnfinishedExport } from ${JSON.stringify(join(import.meta.dirname, '../../../../native-worker/project/export/unfinished-exports.ts'))}
    await beginUnfinishedExport(${JSON.stringify(folder)})
    process.kill(process.pid, 'SIGKILL')`
  const killed = spawn(process.execPath, ['--input-type=module', '-e', script])
  await once(killed, 'exit')
  expect(readdirSync(folder)).toHaveLength(1)
  const nameless = join(folder, '.flawsmith-export-4711-0123456789ab')
  mkdirSync(join(nameless, 'train'), { recursive: true })
  const { unfinishedBeside } = await exportTo(project, join(folder, 'out'))
  expect(unfinishedBeside).toEqual([nameless])
  expect(readdirSync(folder).sort()).toEqual([basename(nameless), 'out'])
})

test('an export says how its folders are called and where the record stood', async () => {
  const project = await filledProject({ 'x?': 3, x_: 4 })
  const [id] = await testSamples(project, { className: 'x?', count: 1 })
  decide(project, { sampleIds: [id as SampleId], action: 'accept', by: '=Ann\u202e' })
  const out = join(temporaryFolder(), 'out')
  const record = chainHead(project.db)
  const { changedNames } = await exportTo(project, out)
  expect(changedNames).toEqual([{ name: 'x?', folder: 'x__2' }])
  const manifest = readFileSync(join(out, 'manifest.csv'))
  expect(v.parse(ExportJson, JSON.parse(readFileSync(join(out, 'export.json'), 'utf8')))).toMatchObject({
    layout: 'imagefolder',
    plan: { wish: 'max', target: 3, files: 8 },
    split: { shares: { val: 0.1, test: 0.1 }, seed: 1, lockedAt: null },
    classes: [
      { name: 'x_', folder: 'x_', real: 4, synthetic: 0 },
      { name: 'x?', folder: 'x__2', real: 3, synthetic: 1 },
    ],
    changedNames,
    record: { length: record.length, hash: record.hash, recordedAt: record.recordedAt },
    manifestSha256: createHash('sha256').update(manifest).digest('hex'),
  })
  expect(selectAll(project.db, 'SELECT record_length AS length, record_hash AS hash FROM exports')).toEqual([
    { length: record.length, hash: record.hash },
  ])
  const synthetic = readManifest(manifest.toString()).find(({ origin }) => origin === 'synthetic')
  expect(synthetic).toMatchObject({ class: 'x?', inspector: '=Ann\u202e' })
  expect(readFileSync(join(out, 'classes.txt'), 'utf8')).toBe('x_\nx__2\n')
  const report = readFileSync(join(out, 'report.html'), 'utf8')
  expect(report).toContain(record.hash)
  expect(report).toContain('<td><bdi>x?</bdi></td><td><bdi>x__2</bdi></td>')
  expect(report).toContain('<bdi>=Ann&lt;U+202E&gt;</bdi>')
  expect(report).not.toMatch(/[\p{Bidi_Control}]/u)
})

test('nothing new begins inside a project or an export, through links neither', async () => {
  const project = await filledProject({ good: 3 })
  const folder = temporaryFolder()
  const out = join(folder, 'out')
  await exportTo(project, out)
  const link = join(folder, 'link')
  symlinkSync(project.imagesFolder, link)
  for (const inside of [join(project.folder, 'new'), join(project.imagesFolder, 'a', 'new'), join(link, 'new')])
    expect(await errorCodeOf(() => exportTo(project, inside))).toBe('inside_project')
  expect(await errorCodeOf(() => exportTo(project, join(out, 'train', 'new')))).toBe('inside_export')
  const options = { size: 16, channels: 1, sqliteBinding: null } as const
  const create = (inside: string) => () => {
    createProject({ folder: inside, ...options })
  }
  expect(await errorCodeOf(create(join(out, 'project')))).toBe('inside_export')
  expect(await errorCodeOf(create(join(link, 'project')))).toBe('inside_project')
  expect(await verifyExport({ folder: out })).toMatchObject({ problems: [] })
  expect(readdirSync(project.folder)).not.toContain('new')
})

test('a disk that is nearly full is refused before anything is written', async ({ skip }) => {
  const disk = temporaryFolder()
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'flawsmith-test', disk], { stdio: 'pipe' })
  } catch (thrown) {
    skip(`this machine allows no mounts: ${String(thrown)}`)
  }
  try {
    const project = await filledProject({ good: 3 })
    expect(await errorCodeOf(() => exportTo(project, join(disk, 'out')))).toBe('disk_space_low')
    expect(readdirSync(disk)).toEqual([])
    execFileSync('mount', ['-o', 'remount,ro', disk])
    expect(await errorCodeOf(() => exportTo(project, join(disk, 'out')))).toBe('folder_not_writable')
  } finally {
    execFileSync('umount', [disk])
  }
})

test('verify finds what was changed, removed, added or points outside', async () => {
  const project = await filledProject({ good: 5 })
  const out = join(temporaryFolder(), 'out')
  await exportTo(project, out)
  const [first = '', second = ''] = filesIn(out).filter((path) => path.endsWith('.png'))
  writeFileSync(join(out, first), 'x')
  rmSync(join(out, second))
  writeFileSync(join(out, 'train', 'extra.png'), 'x')
  writeFileSync(join(out, 'SHA256SUMS'), `${'0'.repeat(64)}  ../secret\n`, { flag: 'a' })
  const { problems } = await verifyExport({ folder: out })
  expect(problems.map(({ kind, path }) => [kind, path]).sort()).toEqual(
    [
      ['changed_file', 'SHA256SUMS'],
      ['changed_file', first],
      ['missing_file', second],
      ['unrecorded_file', 'train/extra.png'],
    ].sort(),
  )
  expect(await errorCodeOf(() => verifyExport({ folder: temporaryFolder() }))).toBe('verify_failed')
  expect(await errorCodeOf(() => verifyExport({ folder: join(out, 'gone') }))).toBe('folder_not_found')
})

test('an accepted picture that is also a real one, or twice, is written once', async () => {
  const project = await filledProject({ good: 6, pit: 2 })
  const [id] = await testSamples(project, { className: 'pit', count: 1 })
  const twice = await testSamples(project, { className: 'pit', count: 2 })
  project.db.exec('UPDATE samples SET sha256 = (SELECT sha256 FROM samples ORDER BY id LIMIT 1) WHERE id = 2')
  project.db.exec(`UPDATE samples SET sha256 = (SELECT sha256 FROM images LIMIT 1) WHERE id = 3`)
  decide(project, { sampleIds: [id as SampleId, ...twice], action: 'accept', by: 'Ann' })
  expect(planExport(project, wish).classes).toMatchObject([
    { name: 'good' },
    { name: 'pit', accepted: 1, synthetic: 1, missing: 1 },
  ])
  expect(existsSync(project.folder)).toBe(true)
})
