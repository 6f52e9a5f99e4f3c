import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { changesInWords } from '../../../../native-worker/project/uplift/changes-in-words.ts'
import { imagePath } from '../../../../contract/image-path.ts'
import type { Sha256 } from '../../../../contract/ids.ts'
import type { ReportOutcome, ReportWish } from '../../../../contract/report.ts'
import { importFolder } from '../../../../native-worker/project/dataset/import-folder.ts'
import { openForLooking } from '../../../../native-worker/project/open-project.ts'
import type { Project } from '../../../../native-worker/project/open-project.ts'
import { chainHead } from '../../../../native-worker/project/record/chain-head.ts'
import { enReport } from '../../../../native-worker/project/report/en-report.ts'
import { readReportDocument } from '../../../../native-worker/project/report/read-report-document.ts'
import type { ReportDocument } from '../../../../native-worker/project/report/report-document.ts'
import { writeReport, type PrintPage } from '../../../../native-worker/project/report/write-report.ts'
import { decide } from '../../../../native-worker/project/review/decide.ts'
import { selectRow } from '../../../../native-worker/project/storage/query.ts'
import { verdictSentence } from '../../../../native-worker/project/uplift/verdict-sentence.ts'
import { findComputeRuntime } from '../../../../native-worker/service/children/compute-runtime.ts'
import { createImagesClient } from '../../../../native-worker/service/children/images-client.ts'
import { describeUplift } from '../../../../native-worker/service/uplift/describe-uplift.ts'
import { measureUplift } from '../../../../native-worker/service/uplift/measure-uplift.ts'
import { readUpliftInput } from '../../../../native-worker/service/uplift/read-uplift-input.ts'
import { findRecipe } from '../../../../native-worker/trainer/recipes/registry.ts'
import { drawClassFolders } from '../../../helpers/class-folders.ts'
import { errorCodeOf } from '../../../helpers/error-code.ts'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'
import { imagesChildEntry } from '../../../helpers/test-images-client.ts'
import { testProject } from '../../../helpers/test-project.ts'
import { testSamples } from '../../../helpers/test-samples.ts'

let project: Project
let images: ReturnType<typeof createImagesClient>

beforeEach(async () => {
  project = testProject({ size: 16 })
  images = createImagesClient({ node: process.execPath, entry: imagesChildEntry, onLog: () => undefined })
  const client = images
  onTestFinished(() => client.close())
  const folder = temporaryFolder()
  await drawClassFolders(folder, { good: 20, 'pit & <b>hole': 10 })
  await importFolder({ project, folder, fit: 'crop', images })
})

const documentOf = (of: Project): Promise<ReportDocument> =>
  readReportDocument(of, { verdict: describeUplift(of), version: '1.2.3', isImporting: false, findRecipe })

const refuse: PrintPage = () => Promise.reject(new Error('nothing prints here'))

const write = (
  document: ReportDocument,
  wish: Partial<ReportWish> & { readonly folder: string; readonly print?: PrintPage; readonly signal?: AbortSignal },
): Promise<ReportOutcome> =>
  writeReport(document, {
    ...{ language: 'en', pdf: false, print: refuse, signal: new AbortController().signal },
    ...wish,
  })

const pageIn = (folder: string): string => readFileSync(join(folder, 'report.html'), 'utf8')

test(
  'a measured project is told with its verdict, decisions, pictures and the end of its record',
  { timeout: 300_000 },
  async () => {
    const sampleIds = await testSamples(project, { className: 'pit & <b>hole', count: 6 })
    decide(project, { sampleIds: sampleIds.slice(0, 5), action: 'accept', by: 'Ann' })
    decide(project, { sampleIds: sampleIds.slice(5), action: 'reject', reason: 'defect_absent', by: 'Ben' })
    const result = await measureUplift(
      readUpliftInput(project),
      { mode: 'quick', seeds: 2 },
      {
        ...{ project, images, runtime: findComputeRuntime(join(import.meta.dirname, '../../../../native-worker')) },
        ...{ engine: 'wasm', signal: new AbortController().signal, onProgress: () => undefined },
        pace: {
          scale: { edge: 16, widths: [4, 6], families: 1, perFamily: 2 },
          ...{
            ladder: [6, 15],
            ladderSeeds: 1,
            choosingSeeds: 1,
            doses: [0.5, 1],
            sources: 5,
            comparesUngated: false,
            budgetSeconds: Number.POSITIVE_INFINITY,
          },
        },
      },
    )
    // One accepted picture is gone: the report says so, and verify names it.
    const gone = selectRow<{ sha256: Sha256 }>(
      project.db,
      `SELECT sha256 FROM samples WHERE state = 'accepted' LIMIT 1`,
    )
    rmSync(join(project.imagesFolder, imagePath(gone.sha256)))
    const folder = temporaryFolder()
    for (const language of ['en', 'zh'] as const) {
      const out = join(folder, language)
      const document = await documentOf(project)
      expect(await write(document, { folder: out, language })).toEqual({
        ...{ out, files: ['report.html'], overall: 'notMeasured', changed: [] },
      })
      const page = pageIn(out)
      expect(readdirSync(out)).toEqual(['report.html'])
      // Two repeats are no verdict.
      expect(page).toContain(verdictSentence(result, language))
      expect(page).toContain(chainHead(project.db).hash)
      expect(page).toContain('pit &amp; &lt;b&gt;hole')
      expect(page).not.toContain('<b>')
      expect(page).toContain('<bdi>Ben</bdi>')
      expect([...page.matchAll(/<img src="data:image\/png;base64,[A-Za-z0-9+/=]+"/g)]).toHaveLength(4)
      expect(page).not.toMatch(/undefined|NaN|\[object/)
    }
    expect(pageIn(join(folder, 'en'))).toContain(enReport.decisions.noPicture)
    expect(readdirSync(folder).sort()).toEqual(['en', 'zh'])

    decide(project, { sampleIds: sampleIds.slice(5), action: 'accept', by: 'Ann' })
    const stale = join(folder, 'stale')
    expect(await write(await documentOf(project), { folder: stale })).toMatchObject({ changed: ['candidates'] })
    expect(pageIn(stale)).toContain(enReport.verdict.stale(changesInWords(['candidates'], 'en')))
  },
)

test('a project that can only be looked at has its report, which says that nothing was measured', async () => {
  project.close()
  const looking = openForLooking(project.folder, { sqliteBinding: null, reason: 'asked' })
  onTestFinished(() => looking.close())
  const out = join(temporaryFolder(), 'report')
  expect(await write(await documentOf(looking), { folder: out })).toMatchObject({ overall: null })
  expect(pageIn(out)).toContain(enReport.verdict.howTo)
})

test('a report overwrites nothing, lies in no project, and is there whole or not at all', async () => {
  const document = await documentOf(project)
  const folder = temporaryFolder()
  const taken = join(folder, 'taken')
  mkdirSync(taken)
  writeFileSync(join(taken, 'report.html'), 'mine')
  expect(await errorCodeOf(() => write(document, { folder: taken }))).toBe('export_target_exists')
  expect(pageIn(taken)).toBe('mine')
  expect(await errorCodeOf(() => write(document, { folder: join(project.folder, 'report') }))).toBe('inside_project')
  expect(existsSync(join(project.folder, 'report'))).toBe(false)

  const out = join(folder, 'report')
  await expect(write(document, { folder: out, pdf: true })).rejects.toThrow('nothing prints here')
  const abort = new AbortController()
  const print: PrintPage = ({ page, pdf }) => {
    expect(readFileSync(page, 'utf8')).toContain('<!doctype html>')
    writeFileSync(pdf, '%PDF-')
    if (existsSync(out)) throw new Error('the report is there before it is whole')
    return Promise.resolve()
  }
  const cancel: PrintPage = async (files) => {
    await print(files)
    abort.abort()
  }
  expect(
    await errorCodeOf(() => write(document, { folder: out, pdf: true, print: cancel, signal: abort.signal })),
  ).toBe('cancelled')
  expect(readdirSync(folder)).toEqual(['taken'])
  expect(await write(document, { folder: out, pdf: true, print })).toMatchObject({
    files: ['report.html', 'report.pdf'],
  })
  expect(readdirSync(out).sort()).toEqual(['report.html', 'report.pdf'])
  expect(readdirSync(folder).sort()).toEqual(['report', 'taken'])
})
