import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import type { Sha256 } from '../../../contract/ids.ts'
import type { RunPlan } from '../../../contract/trainer.ts'
import { openProject } from '../../../native-worker/project/open-project.ts'
import { verifyProject } from '../../../native-worker/project/verify-project.ts'
import { imagePath } from '../../../contract/image-path.ts'
import { imagesFolder, runFolder } from '../../../native-worker/files/project-paths.ts'
import { insertSnapshot } from '../../../native-worker/project/storage/snapshots.ts'
import { testProject } from '../../helpers/test-project.ts'
import { testRun, testSamples } from '../../helpers/test-samples.ts'
import { composedRun, testService } from '../../helpers/test-service.ts'
import { identityOf, recordedFile, runTrainer } from '../trainer/run-trainer.ts'

const listsIn = (folder: string): readonly string[] =>
  readdirSync(folder).filter((name) => name.startsWith('generating-'))

it('images that a killed generation wrote and could not report are gone once the project is opened again', async () => {
  const project = testProject()
  const { folder } = project
  const runId = testRun(project)
  const [pending] = await testSamples(project, { className: 'pit', count: 1, runId })
  const recorded = project.db.prepare('SELECT sha256 FROM samples WHERE id = ?').pluck().get(pending) as Sha256
  const [lost, sheet, foreign] = ['b', 'c', 'd'].map((digit) => digit.repeat(64)) as [Sha256, Sha256, Sha256]
  const fileOf = (sha256: Sha256): string => join(imagesFolder(folder), imagePath(sha256))
  for (const sha256 of [lost, sheet, foreign]) {
    mkdirSync(dirname(fileOf(sha256)), { recursive: true })
    writeFileSync(fileOf(sha256), 'picture')
  }
  writeFileSync(`${fileOf(lost)}.123.part`, 'half')
  insertSnapshot(project.db, runId, { step: 1, sheet, rows: 1, columns: 8 })
  mkdirSync(runFolder(folder, runId), { recursive: true })
  // The last line was cut off with the process.
  const list = join(runFolder(folder, runId), 'generating-1.txt')
  writeFileSync(list, `${recorded}\n${lost}\n${sheet}\n${foreign.slice(0, 40)}`)
  project.close()

  const again = openProject(folder, { sqliteBinding: null })
  expect([recorded, sheet, foreign].map((sha256) => existsSync(fileOf(sha256)))).toEqual([true, true, true])
  expect([fileOf(lost), `${fileOf(lost)}.123.part`, list].filter((file) => existsSync(file))).toEqual([])
  // What no list names is not ours to remove: it is said.
  const { problems } = await verifyProject({ project: again })
  expect(problems.filter(({ kind }) => kind === 'unrecorded_file').map(({ path }) => path)).toEqual([
    `images/${imagePath(foreign).replaceAll('\\', '/')}`,
  ])
  again.close()
})

it('a generation lists its images before they are written, and forgets the list', { timeout: 60_000 }, async () => {
  const { client, folder } = testService()
  const { project, runId, classId } = await composedRun(client, folder)
  expect((await client.perform('samples.generate', { runId, classId, count: 5, seed: 1 })).samples).toHaveLength(5)
  expect(listsIn(runFolder(project, runId))).toEqual([])

  const { plan } = JSON.parse(readFileSync(join(runFolder(project, runId), 'task.json'), 'utf8')) as { plan: RunPlan }
  const listFile = join(folder, 'generating.txt')
  const task = {
    kind: 'generate',
    checkpoint: recordedFile(join(runFolder(project, runId), 'checkpoints', 'step-00000000.safetensors')),
    run: identityOf(plan),
    engine: 'cpu',
    classIndex: 0,
    seed: 100,
    count: 100_000,
    imagesFolder: join(folder, 'generated'),
    listFile,
  }
  mkdirSync(task.imagesFolder)
  await runTrainer(task, (report, { kill }) => {
    if (report.kind === 'generated') kill()
  })
  const written = readdirSync(task.imagesFolder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.png'))
    .map((name) => basename(name, '.png'))
  expect(written.length).toBeGreaterThanOrEqual(64)
  const listed = new Set(readFileSync(listFile, 'utf8').split('\n'))
  expect(written.filter((name) => !listed.has(name))).toEqual([])
})
