import { cpSync, copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ImportReport } from '../../../../contract/dataset.ts'
import { importFolder } from '../../../../native-worker/project/dataset/import-folder.ts'
import { readManifest } from '../../../../native-worker/project/export/manifest.ts'
import { writeExport } from '../../../../native-worker/project/export/write-export.ts'
import type { Project } from '../../../../native-worker/project/open-project.ts'
import { selectAll } from '../../../../native-worker/project/storage/query.ts'
import type { ReviewedProject } from '../../../helpers/reviewed-project.ts'
import { exportWish, makeReviewedProject } from '../../../helpers/reviewed-project.ts'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'
import { testImagesClient } from '../../../helpers/test-images-client.ts'
import { testProject } from '../../../helpers/test-project.ts'

let reviewed: ReviewedProject
beforeAll(async () => {
  reviewed = await makeReviewedProject()
})
afterAll(() => reviewed.remove())

const importInto = (project: Project, folder: string): Promise<ImportReport> =>
  importFolder({ project, folder, fit: 'crop', images: testImagesClient() })

const rowsOf = (out: string) => readManifest(readFileSync(join(out, 'manifest.csv'), 'utf8'))
const byReason = ({ skipped }: ImportReport, reason: string): string[] =>
  skipped.filter((file) => file.reason === reason).map(({ path }) => path)

test('export, import, export: what was drawn never comes back as real, and every real image stays on its side', async () => {
  const { out } = reviewed.copy()
  const rows = rowsOf(out)
  const drawn = rows.filter(({ origin }) => origin === 'synthetic')
  const real = rows.filter(({ origin }) => origin === 'real')
  expect(drawn.length).toBeGreaterThan(0)

  const project = testProject()
  const report = await importInto(project, out)
  expect(report).toMatchObject({ imported: real.length, reading: { layout: 'export' } })
  expect(report.reading?.remarks).toEqual([{ kind: 'synthetic', images: drawn.length, by: 'manifest' }])
  expect(byReason(report, 'synthetic')).toEqual(drawn.map(({ file }) => file))
  const sides = selectAll<{ file: string; split: string }>(project.db, 'SELECT source_path AS file, split FROM images')
  expect(Object.fromEntries(sides.map(({ file, split }) => [file, split]))).toEqual(
    Object.fromEntries(real.map(({ file, split }) => [file, split])),
  )

  const again = join(temporaryFolder(), 'again')
  await writeExport({
    ...{ project, images: testImagesClient(), viewsFolder: temporaryFolder(), folder: again },
    ...exportWish,
  })
  const drawnHashes = new Set(drawn.map(({ sha256 }) => sha256))
  expect(rowsOf(again).filter(({ sha256 }) => drawnHashes.has(sha256))).toEqual([])
  expect(
    rowsOf(again)
      .map(({ split, class: name, sha256 }) => `${split} ${name} ${sha256}`)
      .sort(),
  ).toEqual(real.map(({ split, class: name, sha256 }) => `${split} ${name} ${sha256}`).sort())
})

test('into the same project: real images are known, and what was drawn is, whatever it is called', async () => {
  const { project, out } = reviewed.copy()
  const rows = rowsOf(out)
  const report = await importInto(project, out)
  expect(report).toMatchObject({
    imported: 0,
    duplicates: rows.filter(({ origin }) => origin === 'real').length,
  })
  // Without its manifest and under another name it is still the picture that a run has drawn.
  const folder = temporaryFolder()
  const drawn = rows.find(({ origin }) => origin === 'synthetic')
  cpSync(join(out, 'train', 'pit'), join(folder, 'pit'), { recursive: true })
  copyFileSync(join(out, drawn?.file ?? ''), join(folder, 'pit', 'found on the line.png'))
  const copied = await importInto(project, folder)
  expect(copied.imported).toBe(0)
  expect(byReason(copied, 'synthetic').sort()).toEqual(
    ['pit/found on the line.png', `pit/${basename(drawn?.file ?? '')}`].sort(),
  )
})

test('a class folder copied out of an export leaves out what is called synthetic, in any project', async () => {
  const { out } = reviewed.copy()
  const folder = temporaryFolder()
  cpSync(join(out, 'train'), folder, { recursive: true })
  const project = testProject()
  const report = await importInto(project, folder)
  const names = readdirSync(join(folder, 'pit')).filter((name) => name.includes('synthetic'))
  expect(byReason(report, 'synthetic')).toEqual(names.map((name) => `pit/${name}`))
  expect(report.reading?.remarks).toContainEqual({ kind: 'synthetic', images: names.length, by: 'name' })
})

test('a file that is not what the manifest says is skipped by name, and so is one that it does not name', async () => {
  const { out } = reviewed.copy()
  const [first, second] = rowsOf(out).filter(({ origin, class: name }) => origin === 'real' && name === 'good')
  copyFileSync(join(out, second?.file ?? ''), join(out, first?.file ?? ''))
  writeFileSync(join(out, 'train', 'good', 'stranger.png'), readFileSync(join(out, second?.file ?? '')))
  const report = await importInto(testProject(), out)
  expect(byReason(report, 'manifest_mismatch')).toEqual([first?.file])
  expect(byReason(report, 'not_in_manifest')).toEqual(['train/good/stranger.png'])
})

test('a manifest that is none of ours is a table like any other', async () => {
  const { out } = reviewed.copy()
  writeFileSync(join(out, 'manifest.csv'), 'name,price\r\nbolt,3\r\n')
  rmSync(join(out, 'export.json'))
  const report = await importInto(testProject(), out)
  expect(report.reading).toMatchObject({ layout: 'splits' })
  expect(byReason(report, 'synthetic').length).toBeGreaterThan(0)
})
