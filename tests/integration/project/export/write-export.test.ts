import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import type { SampleId } from '../../../../contract/ids.ts'
import { planExport } from '../../../../native-worker/project/export/plan-export.ts'
import { verifyExport } from '../../../../native-worker/project/export/verify-export.ts'
import { writeExport } from '../../../../native-worker/project/export/write-export.ts'
import { importFolder } from '../../../../native-worker/project/dataset/import-folder.ts'
import type { Project } from '../../../../native-worker/project/open-project.ts'
import { decide } from '../../../../native-worker/project/review/decide.ts'
import { listExports } from '../../../../native-worker/project/storage/exports.ts'
import { imagePath } from '../../../../native-worker/files/project-paths.ts'
import { getClassByName } from '../../../../native-worker/project/storage/classes.ts'
import { listImageHashes } from '../../../../native-worker/project/storage/images.ts'
import { errorCodeOf } from '../../../helpers/error-code.ts'
import { distinctPng } from '../../../helpers/test-pictures.ts'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'
import { testImagesClient } from '../../../helpers/test-images-client.ts'
import { testProject } from '../../../helpers/test-project.ts'
import { testSamples } from '../../../helpers/test-samples.ts'

const wish = { target: 'max', splits: { val: 0.1, test: 0.1 } } as const

async function filledProject(classes: Readonly<Record<string, number>>): Promise<Project> {
  const project = testProject()
  const source = join(temporaryFolder(), '来源')
  for (const [name, count] of Object.entries(classes)) {
    mkdirSync(join(source, name), { recursive: true })
    for (let i = 0; i < count; i++) writeFileSync(join(source, name, `${i}.png`), await distinctPng())
  }
  await importFolder({ project, folder: source, fit: 'crop', images: testImagesClient() })
  return project
}

const exportTo = (project: Project, folder: string, more: Partial<Parameters<typeof writeExport>[0]> = {}) =>
  writeExport({ project, folder, layout: 'imagefolder', ...wish, ...more })

const filesIn = (folder: string): string[] =>
  execFileSync('find', ['.', '-type', 'f', '-printf', '%P\\n'], { cwd: folder, encoding: 'utf8' })
    .trim()
    .split('\n')
    .sort()

const firstPicture = (project: Project): string => {
  const sha256 = listImageHashes(project.db, getClassByName(project.db, 'good').id)[0]
  if (sha256 === undefined) throw new Error('no picture')
  return join(project.imagesFolder, imagePath(sha256))
}

test('balanced folders with sums, manifest and report', async () => {
  const project = await filledProject({ good: 20, '孔洞 "a∕b"': 8, 'CON?': 3 })
  const name = '孔洞 "a∕b"'
  const ids = await testSamples(project, { className: name, count: 15 })
  decide(project.db, { sampleIds: ids.slice(0, 14), action: 'accept', by: 'Ann <b>' })
  decide(project.db, { sampleIds: ids.slice(14), action: 'reject', reason: 'copy', by: 'Ann <b>' })

  const plan = planExport(project, wish)
  expect(plan).toMatchObject({
    target: 20,
    files: 43,
    classes: [
      { name: 'good', real: 20, synthetic: 0, missing: 0, splits: { train: 16, val: 2, test: 2 } },
      { name, real: 8, accepted: 14, synthetic: 12, missing: 0, splits: { train: 18, val: 1, test: 1 } },
      { name: 'CON?', real: 3, synthetic: 0, missing: 17, splits: { train: 3, val: 0, test: 0 } },
    ],
  })
  const out = join(temporaryFolder(), 'deep', 'out')
  const progress: number[] = []
  const result = await exportTo(project, out, { onProgress: (done) => progress.push(done) })
  expect(result).toEqual({
    out,
    files: 43,
    classes: {
      good: { real: 20, synthetic: 0 },
      [name]: { real: 8, synthetic: 12 },
      'CON?': { real: 3, synthetic: 0 },
    },
  })
  expect(progress.at(-1)).toBe(43)
  expect(listExports(project.db)).toMatchObject([{ out, files: 43 }])

  const files = filesIn(out)
  expect(files).toContain('SHA256SUMS')
  expect(files).toContain('train/CON_/CON__00003.png')
  const synthetic = files.filter((path) => path.includes('_synthetic_r1_'))
  expect(synthetic).toHaveLength(12)
  expect(synthetic.every((path) => path.startsWith('train/孔洞 _a∕b_/孔洞 _a∕b__synthetic_r1_'))).toBe(true)
  execFileSync('sha256sum', ['--strict', '-c', 'SHA256SUMS'], { cwd: out, stdio: 'pipe' })
  expect(await verifyExport({ folder: out })).toMatchObject({ kind: 'export', filesChecked: 45, problems: [] })

  const manifest = readFileSync(join(out, 'manifest.csv'), 'utf8').trim().split('\r\n')
  expect(manifest).toHaveLength(44)
  expect(manifest.filter((row) => row.includes(',synthetic,') && row.includes(',acgan,'))).toHaveLength(12)
  expect(manifest.filter((row) => row.includes(',real,') && row.includes('来源/'))).toHaveLength(31)
  const report = readFileSync(join(out, 'report.html'), 'utf8')
  expect(report).toContain('Ann &lt;b&gt;')
  expect(report).not.toMatch(/<script|https?:|Ann <b>/)
  expect(readdirSync(dirname(out))).toEqual(['out'])
})

test('the same project exports the same bytes again; a number as target', async () => {
  const project = await filledProject({ good: 12, pit: 4 })
  const ids = await testSamples(project, { className: 'pit', count: 9 })
  decide(project.db, { sampleIds: ids, action: 'accept', by: 'Ann' })
  const folder = temporaryFolder()
  const classes = await Promise.all(
    ['a', 'b'].map(async (name) => (await exportTo(project, join(folder, name), { target: 10 })).classes),
  )
  expect(classes[0]).toEqual({ good: { real: 12, synthetic: 0 }, pit: { real: 4, synthetic: 6 } })
  const sums = ['a', 'b'].map((name) =>
    readFileSync(join(folder, name, 'SHA256SUMS'), 'utf8').replace(/.*report\.html\n/, ''),
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

test('what killed exports left is removed; what another process is writing is not', async () => {
  const project = await filledProject({ good: 3 })
  const folder = temporaryFolder()
  const dead = spawn(process.execPath, ['-e', ''])
  await once(dead, 'exit')
  const left = [dead.pid, process.pid].map((pid) => `.flawsmith-export-${pid}-0123456789ab`)
  const alive = `.flawsmith-export-${process.ppid}-0123456789ab`
  for (const name of [...left, alive]) mkdirSync(join(folder, name, 'train'), { recursive: true })
  await exportTo(project, join(folder, 'out'))
  expect(readdirSync(folder).sort()).toEqual([alive, 'out'])
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
  decide(project.db, { sampleIds: [id as SampleId, ...twice], action: 'accept', by: 'Ann' })
  expect(planExport(project, wish).classes).toMatchObject([
    { name: 'good' },
    { name: 'pit', accepted: 1, synthetic: 1, missing: 3 },
  ])
  expect(existsSync(project.folder)).toBe(true)
})
